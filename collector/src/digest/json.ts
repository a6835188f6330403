// Reading JSON whose shape nobody vouches for: the collector keeps faulty logs too, so that nothing is lost.

export type Json = Record<string, unknown>;

/** A log may be 16 MB; what is shown or compared of one text is bounded. Characters. */
const MAX_TEXT = 256 * 1024;

/** Fields of an object in which a name is looked for in any case: each name that is missing costs all of them. */
const MAX_KEYS = 1000;

/** Objects of more fields than that: to count the fields of one of a million takes a third of a second. */
const crowded = new WeakSet<Json>();

/**
 * Values of a text that is parsed, more than ingestion takes: what was kept before it counted them, or with other
 * limits, must not end the process whenever somebody looks at it.
 */
const MAX_VALUES = 1_200_000;

const COMMA = ','.charCodeAt(0);
const OPEN_ARRAY = '['.charCodeAt(0);
const OPEN_OBJECT = '{'.charCodeAt(0);

/** The value of a JSON text; undefined when it is none, or when it has too many values to be read. Throws nothing. */
export function parseJson(text: string): unknown {
  if (hasMoreValues(text, MAX_VALUES)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The caller shows the text as it is.
  }
}

/** Whether a text has more than `max` braces, brackets and commas: a JSON text has never more values than these, and one. */
export function hasMoreValues(text: string, max: number): boolean {
  if (text.length <= max) return false;
  let values = 0;
  for (let i = 0; i < text.length && values <= max; i++) {
    const c = text.charCodeAt(i);
    if (c === COMMA || c === OPEN_ARRAY || c === OPEN_OBJECT) values++;
  }
  return values > max;
}

/** The object in `value`, or an empty one. */
export function asObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

/** The objects in the list `value`, at most `max`; what is not an object is left out. */
export function asObjects(value: unknown, max: number): Json[] {
  return Array.isArray(value) ? value.slice(0, max).filter(isObject) : [];
}

/** A field by name; in any case when it is not there as spelled: custom .NET clients post PascalCase. */
export function field(of: Json, name: string): unknown {
  const exact = of[name];
  if (exact !== undefined && exact !== null) return exact;
  if (crowded.has(of)) return undefined;
  const keys = Object.keys(of);
  if (keys.length > MAX_KEYS) {
    crowded.add(of);
    return undefined;
  }
  const lower = name.toLowerCase();
  const other = keys.find((key) => key !== name && key.toLowerCase() === lower);
  return other === undefined ? undefined : of[other];
}

/** A text field; a number or boolean as text; else empty. At most `max` characters. */
export function textField(of: Json, name: string, max = MAX_TEXT): string {
  const value = field(of, name);
  if (typeof value === 'string') return value.length > max ? value.slice(0, max) : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A whole number, also one sent as a string: App Center's own sample has `"processId": "123"`. */
export function wholeField(of: Json, name: string): number | undefined {
  const value = field(of, name);
  const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

export function booleanField(of: Json, name: string): boolean | undefined {
  const value = field(of, name);
  return typeof value === 'boolean' ? value : undefined;
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
