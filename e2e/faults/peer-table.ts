// The peers' half of docs/faults.md: the same rows, beside ours.
import type { Figures } from './cell.js';
import type { Row } from './row.js';

/** A peer's cell: `engine` is the name of its file in bench/peers. */
export interface PeerFigures extends Omit<Figures, 'engine'> {
  readonly engine: string;
  /** With its version. */
  readonly name: string;
}

export interface Compared {
  readonly rows: readonly Row[];
  readonly ours: readonly Figures[];
  readonly peers: readonly PeerFigures[];
  readonly date: string;
}

const toPercent = ({ delivered, thrown, shownTwice }: Omit<Figures, 'engine'>): string =>
  `${Math.floor((100 * delivered) / thrown)} %${shownTwice > 0 ? `, ${shownTwice} twice` : ''}`;

/** Empty where no peer was measured. */
export function toPeerMarkdown({ rows, ours, peers, date }: Compared): string {
  const names = [...new Map(peers.map(({ engine, name }) => [engine, name]))];
  if (names.length === 0) return '';
  const tried = rows.filter(({ id }) => peers.some(({ row }) => row === id));
  const lines = tried.map(({ id, title }) => {
    const own = ours.find(({ row, engine }) => row === id && engine === 'chromium');
    const cells = names.map(([entry]) => peers.find(({ row, engine }) => row === id && engine === entry));
    return [id, title, ...[own, ...cells].map((cell) => (cell ? toPercent(cell) : 'not run'))].join(' | ');
  });
  const trials = Math.max(...peers.map((one) => one.trials));
  return `
## Beside the peers

The same rows, pages, faults and moments in the same Chromium, through the same harness, ${trials} trials a cell on ${date}: how many of the errors thrown their server had in the end. The peers are the packages of \`bench/package.json\`, with their defaults; "offline transport" is Sentry with \`makeBrowserOfflineTransport\` and \`flushAtStartup\`. Their server takes whatever is posted and answers 200. What is missing was waited for 12 seconds, or as long as for ours where the row's page stays. Made by \`npm run test:faults -- --peers\`.

| | between the throw and the server | crashpost | ${names.map(([, name]) => name).join(' | ')} |
|---|---|${'---|'.repeat(names.length + 1)}
${lines.map((one) => `| ${one} |`).join('\n')}
`;
}
