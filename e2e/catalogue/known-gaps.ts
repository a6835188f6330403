// What the reporter does not do yet, and issue 3 wants. The test fails when one of them is closed: take it out then.
import type { EngineName } from '../engines/engine.js';
import type { Field } from './check.js';

export interface Gap {
  readonly entries: readonly string[];
  readonly field: Field;
  readonly engines: readonly EngineName[];
  readonly reason: string;
}

/** In WebKit, what other origins' scripts throw when the platform calls them back is muted, with CORS and without. */
const MUTED_IN_WEBKIT = ['timer', 'frame', 'microtask', 'listener'].flatMap((way) => [
  `foreign-${way}`,
  `cors-${way}`,
]);

export const KNOWN_GAPS: readonly Gap[] = [
  {
    entries: ['stack-overflow', 'recursion'],
    field: 'frames',
    engines: ['chromium'],
    reason: 'V8 keeps ten frames: Error.stackTraceLimit is not raised yet (platform.md §B1)',
  },
  {
    entries: MUTED_IN_WEBKIT,
    field: 'message',
    engines: ['webkit'],
    reason: 'callbacks are not wrapped yet (platform.md §B2; WebKit bugs 132945, 151548)',
  },
  {
    entries: MUTED_IN_WEBKIT,
    field: 'frames',
    engines: ['webkit'],
    reason: 'callbacks are not wrapped yet (platform.md §B2; WebKit bugs 132945, 151548)',
  },
  ...(['type', 'message', 'frames'] as const).map((field) => ({
    entries: ['module-tail'],
    field,
    engines: ['webkit'] as const,
    reason:
      'JavaScriptCore mutes an engine-made error with no page frame on its stack, here after a tail call in strict code: callbacks are not wrapped yet',
  })),
];
