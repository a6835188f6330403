import { APP_CENTER_LIMITS, DEFAULT_LIMITS, type Limits } from './limits.js';

/**
 * Limits from what a program gives, some of them by name, or from text as the command line takes it:
 * `app-center,crashesPerMinute=600`. Undefined for anything else.
 */
export function toLimits(given: unknown): Limits | undefined {
  const entries = typeof given === 'string' ? given.split(',').map(toEntry) : Object.entries(given ?? {});
  let limits = DEFAULT_LIMITS;
  for (const [name, value] of entries) {
    if (name === 'app-center') limits = APP_CENTER_LIMITS;
    else if (!Object.hasOwn(limits, name) || typeof value !== typeof limits[name as keyof Limits])
      return undefined;
    else if (typeof value === 'number' && !(value >= 0)) return undefined;
    else limits = { ...limits, [name]: value };
  }
  return limits;
}

/** `crashesPerMinute=600`, `requiredFields=true`. */
function toEntry(text: string): [name: string, value: unknown] {
  const [name = '', value = ''] = text.split('=').map((part) => part.trim());
  if (value === 'true' || value === 'false') return [name, value === 'true'];
  return [name, /^(?:\d+|Infinity)$/.test(value) ? Number(value) : value];
}
