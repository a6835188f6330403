import { init } from '@sentry/browser';

globalThis.subject = {
  start: (url) => init({ dsn: url.replace('//', '//0123456789abcdef0123456789abcdef@').concat('/1') }),
};
