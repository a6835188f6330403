// `backup` and `restore`.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { backUp, partOf, restore as restoreFolder } from '../store/sqlite/copies.js';
import { DATABASE } from '../store/sqlite/folder.js';
import { type Command, dataOf, needData, withStore } from './command.js';
import { createProgress, sizeText } from './progress.js';

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const backup: Command = {
  name: 'backup',
  takes: ['DIR'],
  options: ['data'],
  summary: 'copy all data into a new folder, while a collector may be running',
  details: `Everything acknowledged before it began is in the copy. The copy is a data folder: "serve --data DIR" runs on it,
"restore" makes another of it. It has the hashes of passwords and the secrets of apps in it: keep it as you keep those.`,
  async run({ words: [to = ''], flags }) {
    const data = needData(flags);
    const progress = createProgress();
    const [all, copied] = [sizeOf(join(data, DATABASE)), join(partOf(to), DATABASE)];
    const look = setInterval(
      () => progress.at(() => `${sizeText(sizeOf(copied))} of about ${sizeText(all)}`),
      100,
    );
    try {
      await withStore(flags, (store) => backUp(data, to, store.copyTo));
    } finally {
      clearInterval(look);
    }
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
