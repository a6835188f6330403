import type { Realm, Stop } from '../platform/platform.js';

/** A framework's own calls may be a dozen; more than this is seldom read. */
const FRAMES = 50;
const LIMIT = 'stackTraceLimit';

/** V8 keeps ten frames of an error (https://v8.dev/docs/stack-trace-api), Firefox 128, WebKit 100. */
export function raiseStackLimit({ Error: errors }: Realm): Stop {
  // By reflection: neither a frozen `Error` nor a missing limit throws.
  const { get, set } = Reflect;
  const before = get(errors, LIMIT);
  if (typeof before !== 'number' || !(before < FRAMES)) return () => undefined;
  set(errors, LIMIT, FRAMES);
  return () => {
    if (get(errors, LIMIT) === FRAMES) set(errors, LIMIT, before);
  };
}
