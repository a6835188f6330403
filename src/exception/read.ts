// Reading from values a page threw: every read may run the page's code (getters, proxies) and may throw.
// One field that throws costs that field, not the report.
import { attempt } from '../platform/guard.js';

/** `value[key]`, or nothing where reading it throws. */
export const readField = (value: unknown, key: string): unknown =>
  attempt(() => (value as Record<string, unknown>)[key]);

export function readText(value: unknown, key: string): string {
  const text = readField(value, key);
  return typeof text === 'string' ? text : '';
}

/** `[object Error]` → `Error`. Works across realms, where `instanceof` does not. A revoked Proxy throws even here. */
export const tagOf = (value: unknown): string =>
  attempt(() => Object.prototype.toString.call(value).slice(8, -1)) ?? 'Object';

/** What a person would want to see of a value that is no error. */
export const textOf = (value: unknown): string =>
  attempt(() => (typeof value === 'object' && value ? JSON.stringify(value) : String(value))) ??
  `[${tagOf(value)}]`;

/** `text`, at most `max` characters; what was cut is counted at its end. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max)}… [${text.length - max} cut]`;
}
