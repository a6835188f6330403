import { OPTIONS } from './arguments.js';
import type { Command } from './command.js';

const PROGRAM = 'crashpost-collector';

/** The help for what was asked: one command, the commands that begin with a word, or all. */
export function helpOf(commands: readonly Command[], words: readonly string[]): string {
  const begins = ({ name }: Command) =>
    `${name} `.startsWith(`${words.slice(0, name.split(' ').length).join(' ')} `);
  const found = words.length === 0 ? commands : commands.filter(begins);
  const [only, ...more] = found;
  if (only && more.length === 0) return helpOfOne(only);
  return helpOfAll(found.length > 0 ? found : commands);
}

function helpOfOne(command: Command): string {
  const { name, takes, summary, details, options } = command;
  return `${[PROGRAM, name, ...takes].join(' ')}

${summary[0]?.toUpperCase()}${summary.slice(1)}.${details === undefined ? '' : `\n${details}`}

Options
${table([...options, 'help' as const].map((option) => [flagOf(option), OPTIONS[option].help]))}
`;
}

function helpOfAll(commands: readonly Command[]): string {
  const rows = commands.map(
    ({ name, takes, summary }) => [[PROGRAM, name, ...takes].join(' '), summary] as const,
  );
  return `${PROGRAM}: receives, stores, groups and shows crashes.

${table(rows)}

"${PROGRAM} COMMAND --help" tells the options of a command. All take --data DIR: the data folder, default ./data,
or CRASHPOST_DATA. All but "restore" may be used while a collector runs on the folder; without a command it is
"serve". They end with 0 when they did what they were asked, 1 when they could not, 2 when they were asked wrongly.
`;
}

function flagOf(option: keyof typeof OPTIONS): string {
  const { takes } = OPTIONS[option];
  return `--${option}${takes && ` ${takes}`}`;
}

function table(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows
    .map(
      ([left, right]) => `  ${left.padEnd(width)}  ${right.replaceAll('\n', `\n${' '.repeat(width + 4)}`)}`,
    )
    .join('\n');
}
