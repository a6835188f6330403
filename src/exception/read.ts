// Reading from values a page threw: every read may run the page's code (getters, proxies) and may throw.
// One field that throws costs that field, not the report.

/** `value[key]`, or nothing where reading it throws. */
export function readField(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

export function readText(value: unknown, key: string): string {
  const text = readField(value, key);
  return typeof text === 'string' ? text : '';
}

/** `[object Error]` → `Error`. Works across realms, where `instanceof` does not. */
export function tagOf(value: unknown): string {
  try {
    return Object.prototype.toString.call(value).slice(8, -1);
  } catch {
    // A revoked Proxy throws even here.
    return 'Object';
  }
}

/** What a person would want to see of a value that is no error. */
export function textOf(value: unknown): string {
  try {
    if (typeof value === 'object' && value !== null && tagOf(value) !== 'Date') {
      return JSON.stringify(value) ?? String(value);
    }
    return String(value);
  } catch {
    return `[${tagOf(value)}: cannot be shown]`;
  }
}

/** `text`, at most `max` characters; what was cut is counted at its end. */
export function cut(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max)}… [${text.length - max} characters cut]`;
}
