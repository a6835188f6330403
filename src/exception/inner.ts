import { attempt } from '../platform/guard.js';
import { isError, readField } from './read.js';

/** Children looked at. All but the first few are left out anyway, unless they are the same one again and again. */
const MAX_CHILDREN = 1_000;

/**
 * What a value has inside: AggregateError's children first, then the cause, then the two of a SuppressedError. A value
 * that is no error may still hold one: `throw {error}`, an ErrorEvent, a PromiseRejectionEvent. May repeat itself.
 */
export function* innerOf(value: unknown): Generator<unknown> {
  const isWhole = isError(value);
  const children = readField(value, 'errors');
  const length = attempt(() => Array.isArray(children) && children.length) || 0;
  for (let i = 0; i < length && i < MAX_CHILDREN; i++) {
    const child = readField(children, i);
    if (isWhole || isError(child)) yield child;
  }
  for (const key of ['cause', 'error', 'suppressed', 'reason']) {
    const inner = readField(value, key);
    // A cause may be anything, and so may what is suppressed; other fields by these names are the page's own.
    const isAny = isWhole && (key === 'cause' || readField(value, 'suppressed') !== undefined);
    if (isError(inner) || (isAny && inner !== undefined)) yield inner;
  }
}
