/** What the page threw, any value, and what the event said of it where there is no value. */
export interface Thrown {
  readonly value: unknown;
  /** False when nobody caught it. */
  readonly handled: boolean;
  /** When, if not now: what was thrown before the reporter was there. Milliseconds since the epoch. */
  readonly at?: number | undefined;
  /** The id of its report, if it has one already. */
  readonly id?: string | undefined;
  /** All there is when the browser withholds the value ("Script error."). */
  readonly event?: Pick<ErrorEvent, 'message' | 'filename' | 'lineno' | 'colno'>;
}
