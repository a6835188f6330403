// What stands inline in the page's head, before any other script, where the reporter itself comes later (`async`, a
// bundle, a slow network): it keeps the errors and the calls that come before, and the reporter takes them over.
import { CHUNK_METHODS, ErrorAttachmentLog, UserConfirmation } from './crash-api.js';
import type { Early, Stub } from './platform/platform.js';

/** Errors kept until the reporter is there: a page that throws in a loop must not fill its memory with them. */
const MAX_EARLY = 100;

((scope: { crashpost?: object }) => {
  // A reporter that is there already needs none.
  if (scope.crashpost) return;
  const stub: Stub = { early: [], calls: [], end: () => {} };
  const keep = (event: Event & Early & { message?: string }): void => {
    // An ErrorEvent that is meant for an element is no uncaught error.
    if ((event.target !== scope && event.message) || stub.early.length >= MAX_EARLY) return;
    event.at = Date.now();
    stub.early.push(event);
  };
  const types = ['error', 'unhandledrejection'];
  for (const type of types) addEventListener(type, keep, true);
  stub.end = () => {
    for (const type of types) removeEventListener(type, keep, true);
  };
  const call =
    (name: string) =>
    (...args: unknown[]) => {
      stub.calls.push([name, args]);
      return '';
    };
  /** Answered when the reporter is there. */
  const ask =
    (name: string) =>
    (...args: unknown[]) =>
      new Promise((answer) => {
        stub.calls.push([name, args, answer]);
      });
  const names = ['start', 'trackError', 'setConsent', 'stop'];
  scope.crashpost = Object.assign(
    stub,
    { UserConfirmation, ErrorAttachmentLog },
    ...names.map((name) => ({ [name]: call(name) })),
    ...CHUNK_METHODS.map((name) => ({ [name]: ask(name) })),
  );
})(globalThis);
