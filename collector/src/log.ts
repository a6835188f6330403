// What the collector says while it runs: one line each, for a person or for a program, and never a secret.
import { StoreError } from './store/store.js';

export type Log = (message: string, error?: unknown) => void;

interface Parts {
  readonly format: 'text' | 'json';
  /** Writes one line, without its end. */
  readonly write: (line: string) => void;
  /** Milliseconds since the epoch. Default: the clock. */
  readonly now?: () => number;
}

/** Lines with a time and, for what went wrong, why: a sentence of the store's, the stack of what nobody foresaw. */
export function createLog({ format, write, now = Date.now }: Parts): Log {
  return (message, error) => {
    const time = new Date(now()).toISOString();
    const level = error === undefined ? 'info' : 'error';
    const reason = error === undefined ? undefined : withoutSecrets(reasonOf(error));
    const text = withoutSecrets(message);
    if (format === 'json') write(JSON.stringify({ time, level, message: text, error: reason }));
    else write(`${time} ${reason === undefined ? text : `${text}: ${reason}`}`);
  };
}

/** To stderr; in JSON where no person looks on, unless told otherwise. */
export function logToStderr(format: 'auto' | 'text' | 'json'): Log {
  const chosen = format === 'auto' ? (process.stderr.isTTY ? 'text' : 'json') : format;
  return createLog({ format: chosen, write: (line) => console.error(line) });
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error instanceof StoreError ? error.message : (error.stack ?? error.message);
}

/**
 * Nothing here logs a secret on purpose; but errors carry texts from elsewhere. Secrets of apps are UUIDs as the ids
 * of reports are, so that only where one stands tells them apart.
 */
const SECRETS: readonly [pattern: RegExp, instead: string][] = [
  [/\b(app[-_]?secret\W{1,4}|the secret )[\da-f-]{36}/gi, '$1…'],
  [/\b(bearer\s+|crashpost-session=)[\w.~+/-]+=*/gi, '$1…'],
  [/\bcpt_[\w-]{20,}/g, 'cpt_…'],
  [/\$scrypt\$[^\s"']+/g, '$$scrypt$$…'],
];

function withoutSecrets(text: string): string {
  return SECRETS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}
