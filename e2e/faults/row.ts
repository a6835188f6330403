// What a row of the matrix is.
import type { EngineName } from '../engines/engine.js';
import { hasResult } from './results.js';
import type { Round, VisitOptions } from './round.js';
import { SHORT_CELLS } from './short.js';

export type Play = (round: Round) => Promise<void>;

export interface Row {
  /** Its number in the issue, and a letter: also a host name. */
  readonly id: string;
  readonly title: string;
  /** What is done, or why it cannot be. */
  readonly play: Readonly<Record<EngineName, Play | string>>;
  /** What is to be known of an engine's cell: how it differs from the others', or why it cannot be whole. */
  readonly why?: Partial<Record<EngineName, string>>;
  /** Fails today, and this is why: the test says so as soon as it does not. */
  readonly finding?: Partial<Record<EngineName, string>>;
  /** The part of what is thrown that is to arrive, where the platform does not let all of it; `why` says more. */
  readonly share?: Partial<Record<EngineName, number>>;
  /** The page is opened again at the end, with no new error; with these options. */
  readonly reopen?: true | VisitOptions;
  /** Trials side by side, where not as many as the form has: the browser itself ends, or has too few connections. */
  readonly abreast?: number;
  /** How long to wait for what is missing. Milliseconds; 15,000 where it does not say. */
  readonly patience?: number;
  /** In a private window: the browser is one that has no other. */
  readonly isPrivate?: true;
  /** In the long form only: too slow for the others. */
  readonly long?: true;
}

/** The first try again comes 5 to 10 s after a failure, the next in minutes. Milliseconds. */
export const RETRY = 20_000;
/** Thirty seconds until no answer is taken for one, and then as above. Milliseconds. */
export const TIMED_OUT = 60_000;

/** Where the first try again may come too early, as well: the next is 2.5 to 5 minutes later. Milliseconds. */
export const RETRY_TWICE = 330_000;

/**
 * `short`: a part of `npm test`, the cells of short.ts; `whole`: every cell that is not `long`; both with a trial or two.
 * `long`: every cell with all its trials; `peers`.
 */
export const FORM = process.env.FAULTS ?? 'short';

/** Where figures go: those of an earlier run must not stand for this one's; what the long forms have is kept. */
export const RUN = FORM === 'long' || FORM === 'peers' ? FORM : `${FORM}-${process.env.FAULTS_RUN}`;

const isIn: Record<string, (row: Row, engine: EngineName) => boolean> = {
  short: ({ id }, engine) => SHORT_CELLS.includes(`${id} ${engine}`),
  whole: ({ long }) => !long,
};

export const isDue = (row: Row, engine: EngineName): boolean =>
  typeof row.play[engine] !== 'string' && (isIn[FORM]?.(row, engine) ?? true);

/** The long form takes an hour or two: `--missing` goes on where it was cut short. */
export const isDone = (row: string, engine: string): boolean =>
  process.env.FAULTS_MISSING !== undefined && hasResult(RUN, { row, engine });
