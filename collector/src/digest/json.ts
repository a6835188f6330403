// Reading JSON whose shape nobody vouches for: the collector keeps faulty logs too, so that nothing is lost.

export type Json = Record<string, unknown>;

/** A log may be 16 MB; what is shown or compared of one text is bounded. Characters. */
const MAX_TEXT = 256 * 1024;

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
  const lower = name.toLowerCase();
  const other = Object.keys(of).find((key) => key !== name && key.toLowerCase() === lower);
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

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
