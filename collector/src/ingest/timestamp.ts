// 2017-03-13T18:05:42.1234567Z, also with a blank for the T and without a zone (then UTC).
const ISO = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/i;

// ECMAScript's own format (ECMA-262 §21.4.1.32), as most write it.
const STRICT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

// Mon, 13 Mar 2017 18:05:42 GMT: RFC 1123, as some .NET clients write dates.
const RFC_1123 = /^(?:[a-z]{3}, )?\d\d? [a-z]{3} \d{4} \d\d:\d\d:\d\d (?:GMT|UTC|Z|[+-]\d{4})$/i;

/** Before this a device had no clock yet (1970), or .NET no value (0001). */
const EARLIEST = Date.UTC(2000, 0);

/** When a log says it happened. Milliseconds since the epoch; undefined when it does not say. */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const time = parseText(value.trim());
  return Number.isFinite(time) && time >= EARLIEST ? time : undefined;
}

function parseText(text: string): number {
  // Date.parse takes far more than this, but what it makes of this is the same in every engine.
  if (STRICT.test(text)) return Date.parse(text);
  const iso = ISO.exec(text);
  if (!iso) return RFC_1123.test(text) ? Date.parse(text) : Number.NaN;
  const [, date, time, fraction = '', zone = 'Z'] = iso;
  // ECMAScript's own format has three digits; .NET writes seven.
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return Date.parse(`${date}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
}
