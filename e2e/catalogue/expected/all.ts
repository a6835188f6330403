import { CALLED } from './calls.js';
import { CLASSES } from './classes.js';
import { ERRORS } from './errors.js';
import type { Expectations } from './expected.js';
import { HOSTILE } from './hostile.js';
import { IFRAMES } from './iframes.js';
import { LOADS } from './loads.js';
import { ORIGINS } from './origins.js';
import { PLACES } from './places.js';
import { PROMISES } from './promises.js';
import { TASKS } from './tasks.js';
import { VALUES_THROWN } from './values.js';

/** What must arrive, by the entry's name. */
export const EXPECTATIONS: Expectations = {
  ...ERRORS,
  ...CLASSES,
  ...HOSTILE,
  ...VALUES_THROWN,
  ...CALLED,
  ...TASKS,
  ...PROMISES,
  ...PLACES,
  ...ORIGINS,
  ...IFRAMES,
  ...LOADS,
};
