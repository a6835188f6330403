// A vocabulary for describing JSON: each check is a type for the compiler and a validator at run time,
// so a field of the wire is written once. The reporter imports only the types; its bundle has none of this. Here are
// lists and objects; what has no parts is in scalars.ts.

import { isObject } from './json.js';

/** What is wrong with a value, and where: `logs[0].exception.type: required string`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

export type Schema = Readonly<Record<string, unknown>>;

/** Validates `value`, found at `path`, and adds what is wrong to `faults`. Never throws. */
export type Check<T> = ((value: unknown, path: string, faults: Fault[]) => void) & {
  /**
   * Whether nothing is wrong: nearly always so, and then nobody needs paths, which are most of the work (measured for a
   * crash of 16 frames: 2.3 µs instead of 6.1).
   */
  readonly holds: Holds;
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

type Run = (value: unknown, path: string, faults: Fault[]) => void;
export type Holds = (value: unknown) => boolean;

export function check<T>(about: { expects: string; schema: Schema }, holds: Holds, run: Run): Check<T> {
  return Object.assign(run, about, { holds });
}

export function fault(faults: Fault[], path: string, message: string): void {
  if (faults.length < MAX_FAULTS) faults.push({ path, message });
}

const at = (path: string, name: string): string => (path ? `${path}.${name}` : name);

export function finite(name: string, value: number): Schema {
  return Number.isFinite(value) ? { [name]: value } : {};
}

export function arrayOf<T>(item: Check<T>, options: { min?: number; max?: number } = {}): Check<T[]> {
  const { min = 0, max = Number.POSITIVE_INFINITY } = options;
  const bounds = { ...(min > 0 && { minItems: min }), ...finite('maxItems', max) };
  const about = { expects: 'array', schema: { type: 'array', items: item.schema, ...bounds } };
  const holds: Holds = (value) =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(item.holds);
  return check<T[]>(about, holds, (value, path, faults) => {
    if (!Array.isArray(value)) return fault(faults, path, 'must be array');
    if (value.length < min) fault(faults, path, `must have at least ${min} item`);
    if (value.length > max) fault(faults, path, `must have at most ${max} items, has ${value.length}`);
    for (let i = 0; i < value.length && faults.length < MAX_FAULTS; i++)
      item(value[i], `${path}[${i}]`, faults);
  });
}

/** An object used as a dictionary: properties, registers. */
export function mapOf<T>(item: Check<T>): Check<Record<string, T>> {
  const about = { expects: 'object', schema: { type: 'object', additionalProperties: item.schema } };
  const holds: Holds = (value) =>
    isObject(value) && Object.keys(value).every((key) => item.holds(value[key]));
  return check<Record<string, T>>(about, holds, (value, path, faults) => {
    if (!isObject(value)) return fault(faults, path, 'must be object');
    for (const key of Object.keys(value)) item(value[key], at(path, key), faults);
  });
}

/** An object with named fields. Fields that are not named are allowed: App Center ignores what it does not know. */
export function object<F extends Fields>(fields: F): Check<ObjectOf<F>> {
  const entries = Object.entries(fields);
  const about = { expects: 'object', schema: toSchema(entries) };
  return check<ObjectOf<F>>(about, createHolds(entries), (value, path, faults) => {
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

/** By the fields that a value has, not by those it might have: a frame has four of seven (measured: a third less). */
function createHolds(entries: [string, Fields[string]][]): Holds {
  const fields = new Map(
    entries.map(([name, field]) => {
      const isRequired = 'required' in field;
      return [name, { holds: isRequired ? field.required.holds : field.holds, isRequired }];
    }),
  );
  const required = entries.filter(([, field]) => 'required' in field).length;
  return (value) => {
    if (!isObject(value)) return false;
    let found = 0;
    // Not Object.keys, which makes a list of names for each frame of each crash.
    for (const name in value) {
      const field = fields.get(name);
      const item = value[name];
      if (field === undefined || item === undefined || item === null) continue;
      if (!field.holds(item)) return false;
      if (field.isRequired) found++;
    }
    return found === required;
  };
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
  const about = { expects: 'object', schema: { $ref: `#/components/schemas/${name}` } };
  const holds: Holds = (value) => {
    if (depth >= MAX_DEPTH) return false;
    depth++;
    const isRight = of().holds(value);
    depth--;
    return isRight;
  };
  return check<T>(about, holds, (value, path, faults) => {
    if (depth >= MAX_DEPTH) return fault(faults, path, `nested deeper than ${MAX_DEPTH}`);
    depth++;
    of()(value, path, faults);
    depth--;
  });
}
