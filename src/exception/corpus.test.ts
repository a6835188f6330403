import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { StackFrame } from '../wire/index.js';
import { type Entry, type Expected, LISTED, OF_FRAME, OF_STACK, type Ours } from './conventions.fixture.js';
import { toFrames } from './frames.js';

const corpus = new URL('../../../shared/corpus/stacks/stacks.json', import.meta.url);
/** A part of it, a stack or two of every engine and convention, for those who have not got it. */
const part = new URL('fixtures/stacks.json', import.meta.url);

const FIELDS = ['function', 'file', 'line', 'column'] as const;

const toOurs = ({ className, methodName, fileName, lineNumber, columnNumber, code }: StackFrame): Ours => ({
  function: [className, methodName].filter(Boolean).join('.') || null,
  file: fileName ?? null,
  line: lineNumber ?? null,
  column: columnNumber ?? null,
  code,
});

const differ = (theirs: Expected, ours: Ours): boolean =>
  FIELDS.some((field) => theirs[field] !== null && theirs[field] !== ours[field]);

/** Which conventions explain all differences of a frame, or nothing if they do not. */
function explainFrame(theirs: Expected | null, ours: Ours | undefined): string[] | undefined {
  if (!theirs) return [];
  if (!ours) return undefined;
  const used: string[] = [];
  let translated = theirs;
  for (const { name, frame } of OF_FRAME) {
    const change = differ(translated, ours) && frame(translated, ours);
    if (!change) continue;
    translated = { ...translated, ...change };
    used.push(name);
  }
  return differ(translated, ours) ? undefined : used;
}

function explainFrames(entry: Entry, ours: readonly Ours[]): string[] | undefined {
  const theirs = entry.expectedFrames ?? [];
  const count = entry.expectedCount ?? (entry.partial ? undefined : theirs.length);
  if (count !== undefined && count !== ours.length) return undefined;
  const used = theirs.map((frame, i) => explainFrame(frame, ours[i]));
  return used.every((names) => names !== undefined) ? used.flat() : undefined;
}

/** The conventions in which ours is what the entry expects: none where it simply is. Nothing where it differs. */
function explain(entry: Entry): string[] | undefined {
  const ours = toFrames(entry.stack ?? '', entry.message ?? '').map(toOurs);
  const plain = explainFrames(entry, ours);
  if (plain) return plain;
  for (const { name, frames, isFrame } of OF_STACK) {
    const fewer = frames(ours, entry);
    const expected = entry.expectedFrames?.filter((frame) => !frame || !isFrame || isFrame(frame)) ?? null;
    const less = (entry.expectedFrames?.length ?? 0) - (expected?.length ?? 0);
    const { expectedCount: count } = entry;
    const theirs = {
      ...entry,
      expectedFrames: expected,
      ...(count !== undefined && { expectedCount: count - less }),
    };
    const used = (less > 0 || !isFrame) && fewer && explainFrames(theirs, fewer);
    if (used) return [name, ...used];
  }
  return undefined;
}

const readEntries = (file: URL): Entry[] =>
  existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Entry[]).filter(
        ({ stack, expectedFrames, expectedCount }) =>
          stack !== null && (expectedFrames || expectedCount !== undefined),
      )
    : [];

const isListed = ({ id }: Entry): boolean => LISTED.some((one) => one.id === id);

describe.each([
  ['the corpus', corpus, 230],
  ['the part of it that is kept here', part, 30],
] as const)('%s', (_, file, least) => {
  describe.skipIf(!existsSync(file))('is there', () => {
    const entries = readEntries(file);

    it('has entries', () => expect(entries.length).toBeGreaterThanOrEqual(least));

    it.each(entries.filter((entry) => !isListed(entry)).map((entry) => [entry.id, entry] as const))(
      '%s',
      (_id, entry) => {
        if (explain(entry)) return;
        // Differs: shown whole, so that the failure says how.
        expect(toFrames(entry.stack ?? '', entry.message ?? '').map(toOurs)).toEqual(entry.expectedFrames);
      },
    );

    it('has no convention that nothing uses, and no entry listed that is as expected', () => {
      const used = entries.flatMap((entry) => explain(entry) ?? []);
      expect(
        [...OF_FRAME, ...OF_STACK].map(({ name }) => name).filter((name) => !used.includes(name)),
      ).toEqual([]);
      expect(entries.filter((entry) => isListed(entry) && explain(entry)).map(({ id }) => id)).toEqual([]);
    });
  });
});
