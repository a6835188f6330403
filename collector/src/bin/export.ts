// `export`: everything that was received, for other programs. One JSON object a line.
import { createWriteStream, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createApps } from '../access/apps.js';
import type { SqliteStore } from '../store/sqlite/calls.js';
import type { App, Undigested } from '../store/store.js';
import type { ExportedAttachment, Placed, PostAside } from '../store/upkeep.js';
import { timeText } from '../texts.js';
import type { Arguments } from './arguments.js';
import { type Command, needData, withStore } from './command.js';
import { Failure } from './failure.js';
import { countText, createProgress } from './progress.js';

/** Rows of one read. */
const ROWS = 100;

export const EXPORT: Command = {
  name: 'export',
  takes: [],
  options: ['data', 'app', 'out'],
  summary: 'write every report and attachment as a line of JSON',
  details: `A line has the app, the id, when it was received, and under "log" what was received, as it came. Reports come
first, then attachments, both in the order of arrival. What arrives meanwhile may be in it or not. What nothing
could be made of, see "doctor", comes last, by the post: lines of the type setAside, whose "log" is the text of all its
logs that are left. What cannot be read is named, and left out; of an attachment whose file is gone the line has the rest. It then ends with 1.`,
  run: exportAll,
};

async function exportAll({ flags }: Arguments): Promise<void> {
  needData(flags);
  const out = flags.out === undefined ? process.stdout : newFile(flags.out);
  // Told to who wrote as well, see `write`; without a listener it would end the process.
  out.on('error', () => {});
  const progress = createProgress();
  const faults: string[] = [];
  const lines = await withStore(flags, async (store) => {
    const apps = createApps({ store, now: Date.now });
    const chosen = flags.app === undefined ? await apps.list() : [await apps.named(flags.app)];
    const names = new Map(chosen.map((app: App) => [app.id, app.name]));
    let count = 0;
    await store.settle();
    for await (const { line, fault } of linesOf(store, { names, isAll: flags.app === undefined })) {
      if (fault !== undefined) faults.push(fault);
      if (line === undefined) continue;
      await write(out, line);
      count++;
      progress.at(() => `${countText(count)} lines`);
    }
    return count;
  });
  if (out !== process.stdout) await finished(out.end());
  progress.done(`${countText(lines)} lines are written.`);
  if (faults.length === 0) return;
  for (const fault of faults.slice(0, MAX_NAMED)) progress.done(fault);
  throw new Failure(
    `${countText(faults.length)} could not be read whole: look for them in a backup; see "doctor"`,
  );
}

/** What cannot be read, and is named. */
const MAX_NAMED = 100;

interface Line {
  /** Absent when nothing of it can be read. */
  readonly line?: string;
  /** For a person. */
  readonly fault?: string;
}

interface Chosen {
  readonly names: ReadonlyMap<number, string>;
  /** Whether those are all apps. */
  readonly isAll: boolean;
}

async function* linesOf(store: SqliteStore, { names, isAll }: Chosen): AsyncGenerator<Line> {
  for await (const report of pages((seq) => store.reportsAfter(seq, ROWS)))
    if (names.has(report.appId)) yield toLine('report', report, names);
  for await (const attachment of pages((seq) => store.attachmentsAfter(seq, ROWS)))
    if (names.has(attachment.appId))
      yield toLine('attachment', { ...attachment, type: 'errorAttachment' }, names);
  // Of an app that nobody knows: it may be for that that it is set aside.
  for await (const post of pages((seq) => store.postsAsideAfter(seq, ROWS)))
    if (names.has(post.appId) || isAll) yield toPostLine(post, names);
}

function toPostLine({ fault, ...post }: PostAside & Placed, names: ReadonlyMap<number, string>): Line {
  if (fault === undefined) return { line: toText({ ...post, type: 'setAside' }, names) };
  const when = timeText(post.receivedAt);
  return { fault: `post of ${when} by install ${post.installId}, which is set aside: ${fault}` };
}

async function* pages<T extends Placed>(read: (seq: number) => Promise<T[]>): AsyncGenerator<T> {
  let rows = await read(0);
  while (rows.length > 0) {
    yield* rows;
    rows = await read(rows.at(-1)?.seq ?? 0);
  }
}

type Exported = Placed &
  ((ExportedAttachment & { type: string }) | (PostAside & { type: string }) | Undigested);

type Readable = Placed & ((ExportedAttachment & { type: string }) | Undigested);

function toLine(what: string, { fault, ...row }: Readable, names: ReadonlyMap<number, string>): Line {
  return {
    ...(row.json !== '' && { line: toText(row, names) }),
    ...(fault !== undefined && { fault: `${what} ${row.id} of ${names.get(row.appId)}: ${fault}` }),
  };
}

/** The log stands in it as it came, but in one line: outside of strings a line break is a blank, in them there is none. */
function toText(
  { seq: _, json, appId, receivedAt, ...row }: Exported,
  names: ReadonlyMap<number, string>,
): string {
  const times = {
    receivedAt: timeText(receivedAt),
    ...('timestamp' in row && { timestamp: timeText(row.timestamp) }),
  };
  const head = JSON.stringify({ app: names.get(appId) ?? null, ...row, ...times });
  return `${head.slice(0, -1)},"log":${json.replace(/[\r\n]+/g, ' ')}}\n`;
}

/** Overwrites nothing. Throws `Failure`. */
function newFile(path: string): Writable {
  try {
    return createWriteStream(path, { fd: openSync(path, 'wx', 0o600) });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Failure(`${path} cannot be made; a file that is there already stays as it is: ${reason}`, {
      cause,
    });
  }
}

/** Resolves when the reader can take more. Rejects with `Failure` when it cannot. */
function write(out: Writable, line: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(line, (error) => (error ? reject(toFailure(error)) : resolve()));
  });
}

function toFailure(error: NodeJS.ErrnoException): Failure {
  // Who reads has read enough: head, less.
  if (error.code === 'EPIPE') return new Failure('The reader went away before the end', { cause: error });
  return new Failure(`The lines cannot be written: ${error.message}`, { cause: error });
}
