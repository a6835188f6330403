// Checks of values without parts.
import { type Check, check, fault, finite, type Holds, type Schema } from './checks.js';

function simple<T>(expects: string, schema: Schema, holds: Holds): Check<T> {
  return check<T>({ expects, schema }, holds, (value, path, faults) => {
    if (!holds(value)) fault(faults, path, `must be ${expects}`);
  });
}

/** A string of `min` to `max` UTF-16 units, in the shape of `pattern` when given. */
export function string(
  options: { min?: number; max?: number; pattern?: RegExp; as?: string; format?: string } = {},
): Check<string> {
  const { min = 0, max = Number.POSITIVE_INFINITY, pattern, as = 'string', format } = options;
  // A format stands for its pattern: OpenAPI's patterns know no flags.
  const shape = format ? { format } : pattern && { pattern: pattern.source };
  const schema = {
    type: 'string',
    ...(min > 0 && { minLength: min }),
    ...finite('maxLength', max),
    ...shape,
  };
  const isBound = Boolean(pattern) || min > 0 || max < Number.POSITIVE_INFINITY;
  const isShaped = (text: string) =>
    text.length >= min && text.length <= max && (pattern?.test(text) ?? true);
  const holds: Holds = (value) => typeof value === 'string' && (!isBound || isShaped(value));
  return check<string>({ expects: as, schema }, holds, (value, path, faults) => {
    if (typeof value !== 'string' || (pattern && !pattern.test(value))) fault(faults, path, `must be ${as}`);
    else if (value.length < min) fault(faults, path, `must have at least ${min} characters`);
    else if (value.length > max)
      fault(faults, path, `must have at most ${max} characters, has ${value.length}`);
  });
}

export function integer(min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER): Check<number> {
  const isRange = Number.isSafeInteger(min - 1);
  const range = isRange ? `integer from ${min} to ${max}` : 'integer';
  const schema = { type: 'integer', ...(isRange && { minimum: min, maximum: max }) };
  return simple(range, schema, (v) => typeof v === 'number' && Number.isInteger(v) && v >= min && v <= max);
}

/** An int64, which JSON.parse may have rounded to a float beyond 2^53: architecture ids, thread ids. */
export const int64: Check<number> = simple(
  'integer',
  { type: 'integer', format: 'int64' },
  (v) => typeof v === 'number' && Number.isInteger(v),
);

export const boolean: Check<boolean> = simple('boolean', { type: 'boolean' }, (v) => typeof v === 'boolean');

export const unknown: Check<unknown> = simple('any value', {}, () => true);

/** Looked through for a wrong character, not matched as a whole: attachments are megabytes long. */
export const base64: Check<string> = simple(
  'base64',
  { type: 'string', format: 'byte' },
  (v) => typeof v === 'string' && !/[^A-Za-z0-9+/=\s]/.test(v),
);

/** Every UUID form App Center's SDKs send: any case, any version, the all-zero one too. */
export const uuid = string({
  pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  as: 'uuid',
  format: 'uuid',
});

/** RFC 3339 with 0 to 7 fraction digits (.NET writes seven). */
export const dateTime = string({
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i,
  as: 'date-time, e.g. 2017-03-13T18:05:42Z',
  format: 'date-time',
});
