// A real collector process, and what arrived at it, read from its site as a person would read it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listen } from './listen.js';

export const BIN = fileURLToPath(new URL('../collector/dist/bin.js', import.meta.url));
const PASSWORD = 'correct horse battery staple';

/** A report as the site shows it: the log that was posted. */
export interface Arrived {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly fatal?: boolean;
  readonly properties?: Record<string, string>;
  readonly exception: {
    readonly type: string;
    readonly message: string;
    readonly stackTrace?: string;
    readonly frames?: {
      readonly className?: string;
      readonly methodName?: string;
      readonly fileName?: string;
      readonly lineNumber?: number;
      readonly columnNumber?: number;
    }[];
  };
  readonly breadcrumbs?: {
    readonly at: number;
    readonly kind: string;
    readonly text: string;
    readonly status?: number;
    readonly ms?: number;
  }[];
  readonly device: Record<string, string | number>;
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

/** What every test's collector begins as, made once a process: adding an app anew takes as long as some tests do. */
let template: Promise<CollectorProcess> | undefined;

export class CollectorProcess {
  readonly folder = mkdtempSync(join(tmpdir(), 'crashpost-e2e-'));
  readonly password = PASSWORD;
  readonly user = 'admin';
  secret = '';
  #process: ChildProcess | undefined;
  #cookie = '';

  private constructor(readonly port: number) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A collector with one app; not yet running. */
  static async prepare(): Promise<CollectorProcess> {
    template ??= CollectorProcess.#withApp();
    return (await template).copy();
  }

  static async #withApp(): Promise<CollectorProcess> {
    const collector = new CollectorProcess(await freePort());
    process.once('exit', () => rmSync(collector.folder, { recursive: true, force: true }));
    collector.secret = (await collector.run('app', 'add', 'Shop')).trim();
    return collector;
  }

  /** Another one, with what this one's folder holds; not yet running. This one is not, either. */
  async copy(): Promise<CollectorProcess> {
    const collector = new CollectorProcess(await freePort());
    cpSync(this.folder, collector.folder, { recursive: true });
    collector.secret = this.secret;
    return collector;
  }

  static async started(): Promise<CollectorProcess> {
    const collector = await CollectorProcess.prepare();
    await collector.start();
    return collector;
  }

  /** One of its commands, on its data folder; gives what it printed. */
  async run(...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [BIN, ...words, '--data', this.folder]);
    return stdout;
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [BIN, 'serve', '--data', this.folder, '--port', String(this.port)],
      {
        env: { ...process.env, CRASHPOST_ADMIN_PASSWORD: PASSWORD },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    this.#process = child;
    // What goes as it should would drown what does not.
    child.stderr?.on('data', (data) => {
      if (!String(data).includes('"level":"info"')) process.stderr.write(data);
    });
    for (let tries = 0; tries < 200; tries++) {
      const up = await fetch(`${this.url}/healthz`).then(
        (response) => response.ok,
        () => false,
      );
      if (up) return;
      if (child.exitCode !== null) throw new Error(`the collector ended with ${child.exitCode}`);
      await pause(50);
    }
    throw new Error('the collector did not start');
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  /** The end of the test: stops it, and removes what it kept. */
  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The HTML of one of its pages, signed in. */
  async page(path: string): Promise<string> {
    const response = await fetch(this.url + path, { headers: { cookie: this.#cookie }, redirect: 'manual' });
    if (response.status >= 300 && response.status < 400) {
      await this.#signIn();
      return this.page(path);
    }
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  }

  async #signIn(): Promise<void> {
    const response = await fetch(`${this.url}/sign-in`, {
      method: 'POST',
      headers: { origin: this.url },
      body: new URLSearchParams({ name: this.user, password: PASSWORD }),
      redirect: 'manual',
    });
    this.#cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    if (!this.#cookie) throw new Error(`sign-in: ${response.status}`);
  }

  /** Every report on the site, each as often as it is listed there. */
  async arrived(): Promise<Arrived[]> {
    const found: Arrived[] = [];
    const groups = await this.page('/apps/1/groups');
    for (const group of new Set(groups.match(/\/apps\/1\/groups\/\d+/g))) {
      const table = (await this.page(group)).split('<table class="reports">')[1] ?? '';
      for (const report of table.match(/\/apps\/1\/reports\/[0-9a-f-]{36}/g) ?? []) {
        const html = await this.page(report);
        const raw = /<summary>The whole log<\/summary><pre[^>]*>([\s\S]*?)<\/pre>/.exec(html)?.[1];
        found.push(JSON.parse(textOf(raw ?? '')));
      }
    }
    return found;
  }

  /** `arrived`, as soon as there are `count` of them; a little later too, so that one too many is seen. */
  async arrivedInAll(count: number, seconds = 15): Promise<Arrived[]> {
    const end = Date.now() + seconds * 1000;
    while ((await this.arrived()).length < count && Date.now() < end) await pause(100);
    await pause(500);
    return this.arrived();
  }
}
