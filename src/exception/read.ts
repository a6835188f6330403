// Reading from values a page threw: every read may run the page's code (getters, proxies) and may throw.
// One field that throws costs that field, not the report.
import { attempt } from '../platform/guard.js';
import { cutText } from '../platform/text.js';

/** `value[key]`, or nothing where reading it throws. */
export const readField = (value: unknown, key: PropertyKey): unknown =>
  attempt(() => (value as Record<PropertyKey, unknown>)[key]);

export function readText(value: unknown, key: string): string {
  const text = readField(value, key);
  return typeof text === 'string' ? text : '';
}

/** `[object Error]` → `Error`. Works across realms, where `instanceof` does not. A revoked Proxy throws even here. */
export const tagOf = (value: unknown): string =>
  attempt(() => Object.prototype.toString.call(value).slice(8, -1)) ?? 'Object';

/**
 * Not only `instanceof Error`: errors of other realms and DOMExceptions are errors too, and so is what has a stack and a
 * message: an error that was copied, or that came from a worker or a server.
 */
export function isError(value: unknown): value is object {
  const tag = tagOf(value);
  return (
    tag === 'Error' ||
    tag === 'DOMException' ||
    !!attempt(() => value instanceof Error) ||
    (!!readText(value, 'stack') && typeof readField(value, 'message') === 'string')
  );
}

const CUT = /… \[(\d+) cut\]$/;

/** `text`, at most `max` characters (UTF-16 units, and no pair of them halved); what was cut is counted at its end. */
export function cut<T extends string | undefined>(text: T, max: number): T;
export function cut(text: string | undefined, max: number): string | undefined {
  if (!text || text.length <= max) return text;
  // What has been cut before has its count already.
  const [mark = '', before = 0] = CUT.exec(text.slice(-30)) ?? [];
  const kept = cutText(text, max);
  return `${kept}… [${text.length - mark.length - kept.length + +before} cut]`;
}
