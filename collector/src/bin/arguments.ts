import { parseArgs } from 'node:util';

/** What a person wrote that no command takes; one sentence. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Every option of every command: what it takes, and what the help says of it. */
export const OPTIONS = {
  data: { type: 'string', takes: 'DIR', help: 'data folder; default ./data, or CRASHPOST_DATA' },
  host: { type: 'string', takes: 'HOST', help: 'address to listen on; default 127.0.0.1, or CRASHPOST_HOST' },
  port: { type: 'string', takes: 'N', help: 'port, 0 for any free one; default 8080, or CRASHPOST_PORT' },
  'tls-cert': {
    type: 'string',
    takes: 'FILE',
    help: 'certificate chain in PEM: speak HTTPS; or CRASHPOST_TLS_CERT',
  },
  'tls-key': { type: 'string', takes: 'FILE', help: 'its private key in PEM; or CRASHPOST_TLS_KEY' },
  'trust-proxy': {
    type: 'string',
    takes: 'WHO',
    help: 'whose X-Forwarded-For and -Proto to believe: none, loopback (default), private, or addresses\nand networks with commas between; or CRASHPOST_TRUST_PROXY',
  },
  log: {
    type: 'string',
    takes: 'FORM',
    help: 'text, json, or auto (default: text for a terminal); or CRASHPOST_LOG',
  },
  limits: {
    type: 'string',
    takes: 'LIMITS',
    help: 'what is taken of an app: app-center, crashesPerMinute=600; or CRASHPOST_LIMITS',
  },
  'keep-days': {
    type: 'string',
    takes: 'N',
    help: 'remove what was received more than N days ago; default 0: never; or CRASHPOST_KEEP_DAYS',
  },
  secret: { type: 'string', takes: 'UUID', help: "the app's secret, instead of a generated one" },
  scope: { type: 'string', takes: 'SCOPE', help: 'read (default) or admin' },
  app: { type: 'string', takes: 'NAME', help: 'of this app only' },
  out: { type: 'string', takes: 'FILE', help: 'write to a new file, instead of stdout' },
  finish: { type: 'boolean', takes: '', help: 'end the change: only the new secret is taken from now on' },
  help: { type: 'boolean', takes: '', help: 'show this' },
  version: { type: 'boolean', takes: '', help: 'show the version' },
} as const;

export type Option = keyof typeof OPTIONS;

export type Flags = {
  readonly [Name in Option]?: (typeof OPTIONS)[Name]['type'] extends 'boolean' ? boolean : string;
};

export interface Arguments {
  readonly words: readonly string[];
  readonly flags: Flags;
}

/** The words and flags of a command line. Throws `UsageError`. */
export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    return { words: positionals, flags: values };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence says what is wrong; the others are about dashes in positional arguments.
    const [sentence] = error.message.split(/\. |\.?\n/);
    throw new UsageError(`${sentence}; "crashpost-collector --help" lists what there is`, { cause: error });
  }
}
