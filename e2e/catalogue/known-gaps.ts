// What the reporter does not do yet, and issue 3 wants. The test fails when one of them is closed: take it out then.
import type { EngineName } from '../engines/engine.js';
import type { Field } from './check.js';

export interface Gap {
  readonly entries: readonly string[];
  readonly field: Field;
  readonly engines: readonly EngineName[];
  readonly reason: string;
}

export const KNOWN_GAPS: readonly Gap[] = [];
