// A service worker whose script throws: it is never installed.
throw new Error('a service worker that throws at once'); // @broken
