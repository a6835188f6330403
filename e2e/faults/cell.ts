// One cell of the matrix: a row in an engine. Its trials, and what became of what they threw.
import type { EngineName } from '../engines/engine.js';
import { type Parts, pause, Round } from './round.js';
import type { Row } from './row.js';

export interface Scale {
  readonly trials: number;
  /** Trials side by side in one browser. */
  readonly abreast: number;
  /** After everything has arrived: what is shown twice comes late. Milliseconds. */
  readonly settle: number;
  /** How long to wait for what is missing, where the row does not say. Milliseconds; 15,000 where nobody does. */
  readonly patience?: number;
}

export const SHORT: Scale = { trials: 2, abreast: 2, settle: 500 };
export const LONG: Scale = { trials: 20, abreast: 10, settle: 2_500 };

export interface Figures {
  readonly row: string;
  readonly engine: EngineName;
  readonly trials: number;
  readonly thrown: number;
  readonly delivered: number;
  /** Reports beyond the first of the same error. */
  readonly shownTwice: number;
  /** Posts of an error that were read whole, beyond the first: the collector knows them by their id. */
  readonly postedTwice: number;
  readonly requests: number;
  readonly lost: readonly string[];
  /** Shown, and thrown by nobody. */
  readonly strange: readonly string[];
  readonly notes: readonly string[];
  readonly seconds: number;
}

/** Reopens what the row wants reopened, and waits until everything is shown or `patience` is over. */
async function finish(row: Row, round: Round, patience: number): Promise<void> {
  if (row.reopen) await round.all((host) => round.visit(host, row.reopen === true ? {} : row.reopen));
  const end = Date.now() + patience;
  for (;;) {
    const seen = new Set(await round.parts.subject.shown());
    if (round.thrown.every((text) => seen.has(text)) || Date.now() > end) return;
    await pause(250);
  }
}

export async function runCell(row: Row, parts: Parts, scale: Scale): Promise<Figures> {
  const { engine } = parts.stage;
  const play = row.play[engine];
  if (typeof play === 'string') throw new Error(`${row.id} is not for ${engine}: ${play}`);
  const begun = Date.now();
  // Where each trial takes a browser, or a few, the short form is content with one round.
  const trials = scale === SHORT ? Math.min(scale.trials, row.abreast ?? scale.trials) : scale.trials;
  const abreast = Math.min(row.abreast ?? scale.abreast, trials);
  const thrown: string[] = [];
  const notes: string[] = [];
  for (let trial = 0; trial < trials; trial += abreast) {
    const hosts = Array.from({ length: abreast }, (_, i) => `${row.id}-${begun.toString(36)}-${trial + i}`);
    const round = new Round(parts, hosts, `${row.id} ${engine}`);
    await play(round);
    await finish(row, round, row.patience ?? scale.patience ?? 15_000);
    await pause(scale.settle);
    await round.end();
    thrown.push(...round.thrown);
    notes.push(...round.notes);
  }
  const seen = await parts.subject.shown();
  const different = new Set(seen);
  const { posted, requests } = parts.faults;
  const known = new Set(thrown);
  const delivered = thrown.filter((text) => different.has(text));
  return {
    row: row.id,
    engine,
    trials,
    thrown: thrown.length,
    delivered: delivered.length,
    shownTwice: seen.filter((text) => known.has(text)).length - delivered.length,
    postedTwice: delivered.reduce((sum, text) => sum + Math.max(0, (posted.get(text) ?? 0) - 1), 0),
    requests,
    lost: thrown.filter((text) => !different.has(text)),
    strange: [...different].filter((text) => !known.has(text)),
    notes,
    seconds: Math.round((Date.now() - begun) / 1000),
  };
}
