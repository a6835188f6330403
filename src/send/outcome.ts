/** What became of one post. */
export interface Outcome {
  readonly kind: /** The collector answered for every log of the batch, but the throttled ones. */
    | 'accepted'
    /** The collector will never take this body. */
    | 'refused'
    /** The collector does not know the app secret: nothing is lost, and nothing more is sent until the next start. */
    | 'denied'
    /** No answer, or one that says "later". */
    | 'retry'
    /** Something before the collector does not let this body through: a firewall, a proxy, a wrong address. */
    | 'blocked';
  /** Ids of the logs that the collector has, lower case. What it names neither here nor there it will never take. */
  readonly valid?: readonly string[];
  /** Ids of logs that may be posted again later, lower case. */
  readonly throttled?: readonly string[];
  /** How long the collector wants to be left alone. Milliseconds; absent where there was no answer. */
  readonly after?: number;
  /** For the developer of the page. */
  readonly reason?: string;
}
