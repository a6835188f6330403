// The public API of `crashpost-collector`: a collector inside another program.
import { randomUUID } from 'node:crypto';
import { generatePassword, hashPassword } from './access/password.js';
import { createApp } from './app.js';
import { toSettings } from './config.js';
import type { Digests } from './digest/digests.js';
import { openDigests } from './digest/open-digests.js';
import { createDiskGuard, type DiskGuard } from './ingest/disk-guard.js';
import type { Limits } from './ingest/limits.js';
import { type Log, logToStderr } from './log.js';
import { toTrust } from './proxies.js';
import { createRetention } from './retention.js';
import { listen } from './server.js';
import { openSqliteStore } from './store/sqlite/threads.js';
import { type App, type Store, StoreError } from './store/store.js';
import type { SetAside } from './store/upkeep.js';

export { SettingsError } from './config.js';
export type { Limits } from './ingest/limits.js';
export { StartError } from './server/start-error.js';
export type { App } from './store/store.js';
export { openSqliteStore, StoreError };

export interface CollectorOptions {
  /** The data folder, made when it is missing. Default `./data`. */
  readonly data?: string | undefined;
  /** The address to listen on. Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** 0 for any free port. Default 8080. */
  readonly port?: number | undefined;
  /** Files with the certificate chain and its key, in PEM. Default: none, plain HTTP. */
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  /**
   * Whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed: `none`, `loopback`, `private`, or addresses and
   * networks with commas between them. Default `loopback`.
   */
  readonly trustProxy?: string | undefined;
  /** Some limits by name, or `'app-center'` for those of App Center's document. */
  readonly limits?: Partial<Limits> | 'app-center' | undefined;
  /** After how many days what was received is removed. Default 0: never. */
  readonly keepDays?: number | undefined;
  /** The password of the first user. Default: a generated one, see `firstRun`. */
  readonly adminPassword?: string | undefined;
  /** The name of an app to add when there is none yet. */
  readonly firstApp?: string | undefined;
  /** Told what happens while the collector runs, and what goes wrong. Default: a line on stderr. */
  readonly log?: Log | undefined;
  /** How such a line is written: `auto` (default) is `text` for a terminal, else `json`. */
  readonly logFormat?: 'auto' | 'text' | 'json' | undefined;
  /**
   * Told when a thread that works on the data ended by itself. Without one of the store's every post is put off with
   * 503, without the one that digests nothing is grouped any more; nothing is lost, but nothing gets better either:
   * start another process. Default: a line through `log`.
   */
  readonly onDeath?: ((error: Error) => void) | undefined;
}

export interface Collector {
  /** Its address, without a slash at its end: also the `logUrl` of reporters. */
  readonly url: string;
  apps(): Promise<App[]>;
  /** How to sign in; only at the first start on a data folder, and never told again. */
  readonly firstRun?: { readonly user: string; readonly password: string };
  /** Stops accepting, finishes what was begun, lets go of the data folder. */
  close(): Promise<void>;
}

/** The user that is made at the first start. */
export const FIRST_USER = 'admin';

/**
 * Starts a collector; resolves when it listens. Rejects with a `SettingsError`, `StoreError` or `StartError`
 * whose message is one sentence for a person.
 */
export async function startCollector(options: CollectorOptions = {}): Promise<Collector> {
  const settings = toSettings({ ...options, log: options.logFormat });
  const log = options.log ?? logToStderr(settings.log);
  const onDeath =
    options.onDeath ??
    ((error) => log('A thread that works on the data is gone; restart the collector', error));
  const store = await openSqliteStore(settings.data, { onDeath, onAside: toTellAside(log) });
  const { freeBytes } = settings.limits;
  let disk: DiskGuard | undefined;
  let digests: Digests | undefined;
  try {
    digests = await openDigests(settings.data, onDeath);
    disk = await createDiskGuard({ folder: settings.data, freeBytes, log });
    const firstRun = await prepare(store, options);
    const app = createApp({ store, digests, settings, log, pressure: disk.pressure });
    const { host, port, tlsCert, tlsKey } = settings;
    const tls = tlsCert === '' ? undefined : { cert: tlsCert, key: tlsKey };
    const server = await listen(app, { host, port, tls, trusts: toTrust(settings.trustProxy), log });
    const retention = createRetention({ store, keepDays: settings.keepDays, log });
    // What was kept before a crash and not digested yet.
    app.wake();
    const close = async () => {
      await server.close();
      disk?.close();
      await Promise.all([app.close(), retention.close()]);
      await store.close();
    };
    return { url: server.url, apps: () => store.apps(), ...(firstRun && { firstRun }), close };
  } catch (error) {
    disk?.close();
    await digests?.close();
    await store.close();
    throw error;
  }
}

function toTellAside(log: Log): (aside: SetAside) => void {
  const [posts, reports] = ['A post could not be unpacked', 'A report could not be put into its group'];
  return ({ place, reason }) => {
    const what = place === 'inbox' ? posts : reports;
    log(`${what}; it is kept, set aside, and tried again at the next start`, reason);
  };
}

/** Makes the first user, and the first app when one is named. */
async function prepare(store: Store, options: CollectorOptions): Promise<Collector['firstRun']> {
  const [users, apps] = await Promise.all([store.users(), store.apps()]);
  if (options.firstApp && apps.length === 0) {
    await store.addApp({ name: options.firstApp, secret: randomUUID(), createdAt: Date.now() });
  }
  if (users.length > 0) return undefined;
  const password = options.adminPassword || generatePassword();
  await store.putUser({ name: FIRST_USER, passwordHash: await hashPassword(password) });
  return { user: FIRST_USER, password };
}
