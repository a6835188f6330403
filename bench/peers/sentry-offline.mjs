import { init, makeBrowserOfflineTransport, makeFetchTransport } from '@sentry/browser';

globalThis.subject = {
  start: (url) =>
    init({
      dsn: url.replace('//', '//0123456789abcdef0123456789abcdef@').concat('/1'),
      transport: makeBrowserOfflineTransport(makeFetchTransport),
      // Off by default: what an earlier page left would wait for the next error.
      transportOptions: { flushAtStartup: true },
    }),
};
