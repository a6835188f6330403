import Bugsnag from '@bugsnag/js';

globalThis.subject = {
  start: (url, { uncapped }) =>
    Bugsnag.start({
      apiKey: '0123456789abcdef0123456789abcdef',
      endpoints: { notify: `${url}/notify`, sessions: `${url}/sessions` },
      // Ten a page is its default, and what the bursts are measured with.
      ...(uncapped && { maxEvents: 100 }),
    }),
};
