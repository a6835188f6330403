import { parseArgs } from 'node:util';
import { UsageError } from './usage.js';

const OPTIONS = {
  data: { type: 'string' },
  host: { type: 'string' },
  port: { type: 'string' },
  secret: { type: 'string' },
  help: { type: 'boolean' },
  version: { type: 'boolean' },
} as const;

export interface Arguments {
  readonly words: readonly string[];
  readonly flags: {
    readonly data?: string;
    readonly host?: string;
    readonly port?: string;
    readonly secret?: string;
    readonly help?: boolean;
    readonly version?: boolean;
  };
}

/** The words and flags of a command line. Throws `UsageError`. */
export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    return { words: positionals, flags: values };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence says what is wrong; the others are about dashes in positional arguments.
    const [sentence] = error.message.split(/\. |\n/);
    throw new UsageError(`${sentence}; "crashpost-collector --help" lists what there is`, { cause: error });
  }
}

/** Refuses flags that the command would silently ignore. Throws `UsageError`. */
export function allow(flags: Arguments['flags'], names: readonly (keyof Arguments['flags'])[]): void {
  for (const name of Object.keys(flags) as (keyof Arguments['flags'])[]) {
    if (!names.includes(name)) throw new UsageError(`--${name} is no option of this command`);
  }
}
