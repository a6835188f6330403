import type { Options } from './api.js';
import { attempt } from './platform/guard.js';

/** What to write, by the name of the option that cannot be what it is. */
const INSTEAD: Record<string, string> = {
  appSecret: "'(what crashpost-collector app add printed)'",
  logUrl: "'https://(your collector)'",
  ignore: "['part of a message', /or a pattern/]",
  mask: "(text) => text.replace('a secret', '***'), or false",
  consent: "'ask', or leave it out",
  urls: "'full', or leave it out",
  maxStorageSize: '(bytes, 24576 at least)',
};

/**
 * A sentence on what is wrong with which option, and what to write instead.
 * @param reason what `toSettings` threw
 */
export function explain(reason: unknown, options: Options): unknown {
  const instead = INSTEAD[reason as string];
  if (!instead) return reason;
  const given = options?.[reason as keyof Options];
  // JSON has none of some values, and throws at others.
  const text = attempt(() => JSON.stringify(given)) ?? attempt(() => String(given));
  return `${reason} cannot be ${text}; write ${reason}: ${instead}`;
}
