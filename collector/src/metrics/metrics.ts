// What the collector counts of itself, taken where the stages meet: none of them knows that it is counted.
import type { Answered, Ingest } from '../ingest/post.js';
import type { Store } from '../store/store.js';
import type { Backlog } from '../store/upkeep.js';
import { createRegistry, type Registry } from './registry.js';

export interface Metrics {
  /** The same store, its commits counted and timed. */
  measured(store: Pick<Store, 'apps' | 'keep'>): Pick<Store, 'apps' | 'keep'>;
  /** The same ingestion, its answers counted. */
  counted(ingest: Ingest): Ingest;
  /** Counts what was not taken of an app. */
  refused(refused: readonly { readonly reason: string }[]): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

interface Deps {
  readonly backlog: () => Promise<Backlog>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that never go back. Default: since the process began. */
  readonly ticks?: () => number;
}

/** From a commit on a fast disk to one that a client no longer waits for. Seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics({ backlog, now, ticks = () => performance.now() }: Deps): Metrics {
  const registry = createRegistry();
  const measured = createMeasured(registry, ticks);
  const counted = createCounted(registry);
  const logs = registry.counter(
    'crashpost_logs_refused_total',
    'Logs not taken, by reason; a post not taken as a whole counts once.',
    'reason',
  );
  const refused: Metrics['refused'] = (all) => {
    for (const { reason } of all) logs.add(1, reason);
  };
  addDigest(registry, backlog, now);
  addProcess(registry);
  return { measured, counted, refused, text: registry.text };
}

function createMeasured(registry: Registry, ticks: () => number): Metrics['measured'] {
  const logs = registry.counter('crashpost_logs_accepted_total', 'Logs committed, those known before too.');
  const bytes = registry.counter('crashpost_accepted_bytes_total', 'JSON of accepted logs, in characters.');
  const seconds = registry.histogram(
    'crashpost_commit_seconds',
    'From a post that was read to its commit on the disk.',
    BOUNDS,
  );
  let waiting = 0;
  registry.gauge('crashpost_commit_queue_posts', 'Posts that wait for their commit.', () => waiting);
  /** Without the delivery, which would else be in memory for as long as it waits. */
  async function timed(kept: Promise<void>, count: number, size: number): Promise<void> {
    const begun = ticks();
    waiting++;
    try {
      await kept;
    } finally {
      waiting--;
    }
    seconds.observe((ticks() - begun) / 1000);
    logs.add(count);
    bytes.add(size);
  }
  return (store) => ({
    apps: () => store.apps(),
    keep(delivery) {
      const size = delivery.logs.reduce((sum, { json }) => sum + json.length, 0);
      return timed(store.keep(delivery), delivery.logs.length, size);
    },
  });
}

function createCounted(registry: Registry): Metrics['counted'] {
  const posts = registry.counter(
    'crashpost_posts_total',
    'Posts of logs, by the status of the answer.',
    'status',
  );
  const refused = registry.counter('crashpost_posts_refused_total', 'Posts not taken as a whole.', 'reason');
  const throttled = registry.counter('crashpost_logs_throttled_total', 'Logs over the limits of their app.');
  return (ingest) => async (post) => {
    const answered = await ingest(post);
    if (post.method === 'OPTIONS') return answered;
    posts.add(1, String(answered.status));
    if (answered.status !== 200) refused.add(1, statusOf(answered));
    else throttled.add(throttledIn(answered));
    return answered;
  };
}

interface Body {
  readonly status?: string;
  readonly throttledDiagnosticsIds?: readonly string[];
}

/** Our own answer, so that it is read without doubts. */
const bodyOf = ({ body }: Answered): Body => JSON.parse(body) as Body;

const statusOf = (answered: Answered): string => bodyOf(answered).status ?? '';

function throttledIn(answered: Answered): number {
  // Almost always; parsing would cost more than all else here.
  if (answered.body.includes('"throttledDiagnosticsIds":[]')) return 0;
  return bodyOf(answered).throttledDiagnosticsIds?.length ?? 0;
}

function addDigest(registry: Registry, ask: Deps['backlog'], now: () => number): void {
  let asked: Promise<Backlog> | undefined;
  // One question for both, and for scrapes at the same time: it counts all that waits.
  const backlog = () => {
    asked ??= ask().finally(() => {
      asked = undefined;
    });
    return asked;
  };
  registry.gauge(
    'crashpost_undigested_reports',
    'Reports that are kept and not grouped yet.',
    async () => (await backlog()).reports,
  );
  registry.gauge(
    'crashpost_set_aside',
    'Posts and reports that could not be unpacked or grouped, and wait for the next start.',
    async () => (await backlog()).aside,
  );
  registry.gauge(
    'crashpost_digest_lag_seconds',
    'Age of the oldest report that is not grouped yet.',
    async () => {
      const { since } = await backlog();
      return since === undefined ? 0 : Math.max(0, now() - since) / 1000;
    },
  );
}

/** Under the names that Prometheus gives them everywhere. */
function addProcess(registry: Registry): void {
  const begun = Date.now() / 1000 - process.uptime();
  registry.gauge('process_resident_memory_bytes', 'Memory in use.', () => process.memoryUsage.rss());
  registry.gauge('process_start_time_seconds', 'When the process began, since the epoch.', () => begun);
}
