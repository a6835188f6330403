// `backup` and `restore`.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { backUp, type Lacking, partOf, restore as restoreFolder } from '../store/sqlite/copies.js';
import { DATABASE } from '../store/sqlite/folder.js';
import { type Command, dataOf, needData, withStore } from './command.js';
import { Failure } from './failure.js';
import { createProgress, sizeText } from './progress.js';

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Files that are named. */
const MAX_NAMED = 20;

/** What the backup lacks, as sentences; none when it has all. */
function lackingText(to: string, data: string, { files, pages }: Lacking): string[] {
  const named = files.slice(0, MAX_NAMED).join(', ');
  const more = files.length > MAX_NAMED ? ', …' : '';
  const what = `${files.length} ${files.length === 1 ? 'file' : 'files'} of minidumps`;
  return [
    files.length > 0 &&
      `${to} is made and has all that ${data} has, but ${what} there are missing or cut: ${named}${more}. ` +
        'Look for them in an older backup',
    pages.length > 0 &&
      `${to} is made, but the database in ${data} is damaged, and what could not be read there is zeros here: ` +
        `${pages.join(', ')}. Keep the backups that are older; "doctor" says more`,
  ].filter((text) => text !== false);
}

const backup: Command = {
  name: 'backup',
  takes: ['DIR'],
  options: ['data'],
  summary: 'copy all data into a new folder, while a collector may be running',
  details: `Everything acknowledged before it began is in the copy. The copy is a data folder: "serve --data DIR" runs on it,
"restore" makes another of it. Ends with 1, and the copy is made, when files of minidumps
are missing or the database is damaged. It has the hashes of passwords and the secrets of apps in it: keep it as you keep those.`,
  async run({ words: [to = ''], flags }) {
    const data = needData(flags);
    const progress = createProgress();
    const [all, copied] = [sizeOf(join(data, DATABASE)), join(partOf(to), DATABASE)];
    let lacking: Lacking = { files: [], pages: [] };
    const look = setInterval(
      () => progress.at(() => `${sizeText(sizeOf(copied))} of about ${sizeText(all)}`),
      100,
    );
    try {
      lacking = await withStore(flags, (store) => backUp(data, to, store.copyTo));
    } finally {
      clearInterval(look);
    }
    const texts = lackingText(to, data, lacking);
    if (texts.length > 0) throw new Failure(texts.join('. '));
    progress.done(`${to} has all data of ${data}, ${sizeText(sizeOf(join(to, DATABASE)))}.`);
  },
};

const restore: Command = {
  name: 'restore',
  takes: ['BACKUP'],
  options: ['data'],
  summary: 'fill a data folder from a backup; overwrites nothing',
  details:
    'The backup is checked before anything is put in its place. No collector may run on the data folder.',
  async run({ words: [from = ''], flags }) {
    const data = dataOf(flags);
    const progress = createProgress();
    const size = sizeText(sizeOf(join(from, DATABASE)));
    await restoreFolder(from, data, (step) => progress.begin(`${step} ${size}`));
    progress.done(
      `${data} has all data of ${from}. Start the collector: crashpost-collector serve --data ${data}`,
    );
  },
};

export const COPY_COMMANDS: readonly Command[] = [backup, restore];
