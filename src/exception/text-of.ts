// What a person would want to see of a value that is no error: the data in it as JSON, and a name for what is no data.
import { attempt } from '../platform/guard.js';
import { toJson } from '../platform/json.js';
import { cut, readField, readText, tagOf } from './read.js';

/** Characters: a page can throw its whole state, and that may have no end. A field costs as much as a short one takes. */
const MAX_TEXT = 8_192;
const FIELD = 8;
const MAX_DEPTH = 10;

/**
 * What to tell of the platform's own objects, whose fields are inherited: an Event is `{"isTrusted":true}` to JSON. Not
 * all there is, as of data: a Window, a Storage and a target's form fields hold what visitors typed.
 */
const TELLING = 'type target message code status url reason error detail filename lineno'.split(' ');

/** What is written as a list. */
const LIST = /^(Array|Map|Set)$/;

/** What the object itself calls it: dates, patterns, addresses, errors inside of data. */
function ownText(value: object, tag: string): string {
  const node = readText(value, 'nodeName');
  const id = readText(value, 'id');
  // Not the text inside, which may be the visitor's.
  if (node) return `<${node}${id && `#${id}`}>`;
  // Not in the visitor's own time zone and words; what is no date throws.
  const date = tag === 'Date' && attempt(() => (value as Date).toISOString());
  const text = date || attempt(() => `${value}`);
  return !text || text.startsWith('[object ') ? '' : text;
}

function* fieldsOf(value: object, tag: string): Generator<[key: PropertyKey, field: unknown]> {
  if (LIST.test(tag)) {
    let i = 0;
    for (const item of value as Iterable<unknown>) yield [i++, item];
  } else if (tag === 'Object') {
    // Not `Object.keys`, which asks a Proxy about each of a million keys before it gives the first.
    for (const key in value) yield [key, readField(value, key)];
  } else for (const key of TELLING) yield [key, readField(value, key)];
}

/** A copy that JSON can be made of, of a bounded size. */
function toData(thrown: unknown): unknown {
  const above: unknown[] = [];
  let room = MAX_TEXT;
  const copy = (value: unknown): unknown => {
    if (typeof value === 'string') {
      room -= value.length;
      return cut(value, MAX_TEXT);
    }
    // JSON has no way to write them.
    if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
    if (typeof value === 'function') return undefined;
    if (typeof value !== 'object' || !value) return value;
    if (above.length >= MAX_DEPTH || above.includes(value)) return '…';
    above.push(value);
    const data = attempt(() => copyObject(value)) ?? `[${tagOf(value)}]`;
    above.pop();
    return data;
  };
  const copyObject = (value: object): unknown => {
    const tag = tagOf(value);
    const isList = LIST.test(tag);
    // Bytes have as many keys as there are: to list those of 100 MB takes more than a minute.
    if (ArrayBuffer.isView(value)) return undefined;
    const own = !isList && ownText(value, tag);
    if (own) return copy(own);
    // Without a prototype "__proto__" is a key like any other.
    const data: Record<PropertyKey, unknown> = isList ? Object([]) : Object.create(null);
    for (const [key, field] of fieldsOf(value, tag)) {
      room -= FIELD;
      if (room > 0) data[key] = copy(field);
      else {
        data[key] = '…';
        break;
      }
    }
    return data;
  };
  return copy(thrown);
}

/** Text of any value; of one that is no string, about `MAX_TEXT` characters at most. Never throws. */
export function textOf(thrown: unknown): string {
  if (typeof thrown === 'string') return thrown;
  if (typeof thrown === 'function') return `function ${readText(thrown, 'name')}`;
  const data = toData(thrown);
  return typeof data === 'object' && data ? toJson(data) : String(data);
}
