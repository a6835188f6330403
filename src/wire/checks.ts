// A vocabulary for describing JSON: each check is a type for the compiler and a validator at run time,
// so a field of the wire is written once. The reporter imports only the types; its bundle has none of this.

import { isObject } from './json.js';

/** What is wrong with a value, and where: `logs[0].exception.type: required string`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

export type Schema = Readonly<Record<string, unknown>>;

/** Where a value stands; `NOWHERE` when only whether it is right is asked. */
export type Path = string | typeof NOWHERE;

/** Paths are not put together then: in a log without faults that is most of the work (measured: 9 of 14 µs). */
export const NOWHERE = Symbol('nowhere');

/** Validates `value`, found at `path`, and adds what is wrong to `faults`. Never throws. */
export type Check<T> = ((value: unknown, path: Path, faults: Fault[]) => void) & {
  /** What a missing value is told to be: "string", "array". */
  readonly expects: string;
  /** The same as JSON schema, in the dialect of OpenAPI 3.0: https://spec.openapis.org/oas/v3.0.3#schema-object */
  readonly schema: Schema;
  /** Never present: it carries `T` for the compiler. */
  readonly type?: T;
};

/** A field that must be there. */
export interface Required<T> {
  readonly required: Check<T>;
}

export type TypeOf<C> = C extends Check<infer T> ? T : never;

type Fields = Record<string, Check<unknown> | Required<unknown>>;
type RequiredKeys<F extends Fields> = { [K in keyof F]: F[K] extends Required<unknown> ? K : never }[keyof F];
type FieldType<C> = C extends Required<infer T> ? T : C extends Check<infer T> ? T : never;
export type ObjectOf<F extends Fields> = { [K in RequiredKeys<F>]: FieldType<F[K]> } & {
  [K in Exclude<keyof F, RequiredKeys<F>>]?: FieldType<F[K]> | undefined;
};

/** A list of faults longer than this helps nobody, and a hostile body could make it very long. */
export const MAX_FAULTS = 50;

/** Real logs nest innerExceptions at most 16 deep (App Center's limit); deeper input is not followed. */
export const MAX_DEPTH = 40;

type Run = (value: unknown, path: Path, faults: Fault[]) => void;

function check<T>(expects: string, schema: Schema, run: Run): Check<T> {
  return Object.assign(run, { expects, schema });
}

function fault(faults: Fault[], path: Path, message: string): void {
  if (faults.length < MAX_FAULTS) faults.push({ path: path === NOWHERE ? '' : path, message });
}

function at(path: Path, name: string): Path {
  if (path === NOWHERE) return path;
  return path ? `${path}.${name}` : name;
}

function simple<T>(expects: string, schema: Schema, holds: (value: unknown) => boolean): Check<T> {
  return check<T>(expects, schema, (value, path, faults) => {
    if (!holds(value)) fault(faults, path, `must be ${expects}`);
  });
}

function finite(name: string, value: number): Schema {
  return Number.isFinite(value) ? { [name]: value } : {};
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
  return check<string>(as, schema, (value, path, faults) => {
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

export const unknown: Check<unknown> = check('any value', {}, () => {});

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

export function arrayOf<T>(item: Check<T>, options: { min?: number; max?: number } = {}): Check<T[]> {
  const { min = 0, max = Number.POSITIVE_INFINITY } = options;
  const bounds = { ...(min > 0 && { minItems: min }), ...finite('maxItems', max) };
  return check<T[]>('array', { type: 'array', items: item.schema, ...bounds }, (value, path, faults) => {
    if (!Array.isArray(value)) return fault(faults, path, 'must be array');
    if (value.length < min) fault(faults, path, `must have at least ${min} item`);
    if (value.length > max) fault(faults, path, `must have at most ${max} items, has ${value.length}`);
    for (let i = 0; i < value.length && faults.length < MAX_FAULTS; i++)
      item(value[i], path === NOWHERE ? path : `${path}[${i}]`, faults);
  });
}

/** An object used as a dictionary: properties, registers. */
export function mapOf<T>(item: Check<T>): Check<Record<string, T>> {
  const schema = { type: 'object', additionalProperties: item.schema };
  return check<Record<string, T>>('object', schema, (value, path, faults) => {
    if (!isObject(value)) return fault(faults, path, 'must be object');
    for (const key of Object.keys(value)) item(value[key], at(path, key), faults);
  });
}

/** An object with named fields. Fields that are not named are allowed: App Center ignores what it does not know. */
export function object<F extends Fields>(fields: F): Check<ObjectOf<F>> {
  const entries = Object.entries(fields);
  return check<ObjectOf<F>>('object', toSchema(entries), (value, path, faults) => {
    if (!isObject(value)) return fault(faults, path, 'must be object');
    for (const [name, field] of entries) {
      const item = value[name];
      const missing = item === undefined || item === null;
      if (!('required' in field)) {
        if (!missing) field(item, at(path, name), faults);
      } else if (missing) fault(faults, at(path, name), `required ${field.required.expects}`);
      else field.required(item, at(path, name), faults);
    }
  });
}

function toSchema(fields: [string, Fields[string]][]): Schema {
  const properties = fields.map(([name, field]) => [
    name,
    'required' in field ? field.required.schema : field.schema,
  ]);
  const names = fields.filter(([, field]) => 'required' in field).map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(names.length > 0 && { required: names }),
  };
}

export function required<T>(of: Check<T>): Required<T> {
  return { required: of };
}

/**
 * A check that names itself, as an exception does through innerExceptions; stops at `MAX_DEPTH`. `name` is that of its
 * schema.
 */
export function lazy<T>(name: string, of: () => Check<T>): Check<T> {
  let depth = 0;
  return check<T>('object', { $ref: `#/components/schemas/${name}` }, (value, path, faults) => {
    if (depth >= MAX_DEPTH) return fault(faults, path, `nested deeper than ${MAX_DEPTH}`);
    depth++;
    of()(value, path, faults);
    depth--;
  });
}
