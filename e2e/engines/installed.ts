// A browser as a visitor has it: started by its command, with a profile that outlives it, and no protocol attached. A
// protocol would close it, and change what its pages do, in ways of its own (platform.md §A).
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { EngineName } from './engine.js';
import { groupOf, killProcess, renderersIn } from './processes.js';
import { end, findMiniBrowser, startXvfb } from './webkit.js';

interface Kind {
  command(): string;
  /** @param url opened when it has started */
  args(folder: string, url: string, isPrivate: boolean): string[];
  env(folder: string): Record<string, string>;
  /** Has no headless mode. */
  readonly needsScreen?: boolean;
}

const FIREFOX_PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  // A page opens and closes the others.
  'dom.allow_scripts_to_close_windows': true,
  'dom.disable_open_during_load': false,
  'dom.popup_maximum': 1000,
  // A process that is there before its page cannot be told from others.
  'dom.ipc.processPrelaunch.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.startup.max_resumed_crashes': -1,
};

const KINDS: Record<EngineName, Kind> = {
  chromium: {
    command: () => process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: (folder, url, isPrivate) => [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-sync'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-popup-blocking'],
      // As above.
      '--disable-features=SpareRendererForSitePerProcess',
      ...[
        `--user-data-dir=${folder}`,
        '--remote-debugging-port=0',
        ...(isPrivate ? ['--incognito'] : []),
        url,
      ],
    ],
    env: () => ({}),
  },
  firefox: {
    command: () => process.env.FIREFOX ?? '/usr/bin/firefox-esr',
    args: (folder, url, isPrivate) => {
      const lines = Object.entries(FIREFOX_PREFERENCES).map(
        ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
      );
      writeFileSync(join(folder, 'user.js'), lines.join('\n'));
      return [
        '--headless',
        '--no-remote',
        '--profile',
        folder,
        ...(isPrivate ? ['--private-window'] : []),
        url,
      ];
    },
    env: () => ({ MOZ_CRASHREPORTER_DISABLE: '1' }),
  },
  webkit: {
    command: findMiniBrowser,
    needsScreen: true,
    args: (_, url, isPrivate) => [
      '--javascript-can-open-windows-automatically=true',
      ...(isPrivate ? ['--private'] : []),
      url,
    ],
    env: (folder) => ({
      HOME: folder,
      XDG_DATA_HOME: join(folder, 'data'),
      XDG_CACHE_HOME: join(folder, 'cache'),
      XDG_CONFIG_HOME: join(folder, 'config'),
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    }),
  },
};

export class InstalledBrowser {
  readonly folder = mkdtempSync(join(tmpdir(), 'crashpost-browser-'));
  #process: ChildProcess | undefined;
  #screen: Awaited<ReturnType<typeof startXvfb>> | undefined;

  /** @param more switches of the browser */
  constructor(
    readonly name: EngineName,
    readonly more: readonly string[] = [],
  ) {
    // It is no child that ends with its parent: a test that is cut short must not leave it behind.
    process.once('exit', () => this.#killAll());
  }

  #killAll(): void {
    const { pid } = this.#process ?? {};
    if (!pid || !this.isRunning) return;
    const others = groupOf(pid);
    killProcess(pid);
    for (const other of others) killProcess(other.pid);
  }

  async #env(): Promise<NodeJS.ProcessEnv> {
    const { env, needsScreen } = KINDS[this.name];
    if (needsScreen) this.#screen ??= await startXvfb();
    return { ...process.env, ...env(this.folder), ...(this.#screen && { DISPLAY: this.#screen.display }) };
  }

  /** As it says itself: "Chromium 156.0.8078.79". */
  async version(): Promise<string> {
    const run = promisify(execFile);
    const { stdout } = await run(KINDS[this.name].command(), ['--version'], { env: await this.#env() });
    return stdout.trim().replace(/ built on .*/, '');
  }

  get isRunning(): boolean {
    const { exitCode, signalCode } = this.#process ?? { exitCode: 0 };
    return exitCode === null && signalCode === null;
  }

  /** Starts it with `url` opened; a second time, with what the first has left. */
  async start(url: string, isPrivate = false): Promise<void> {
    const { command, args } = KINDS[this.name];
    rmSync(join(this.folder, 'DevToolsActivePort'), { force: true });
    this.#process = spawn(command(), [...this.more, ...args(this.folder, url, isPrivate)], {
      env: await this.#env(),
      stdio: 'ignore',
      // A group of its own: all of it can be found, and ended.
      detached: true,
    });
    await once(this.#process, 'spawn');
  }

  /** Ids of the processes that run pages now. */
  renderers(): number[] {
    return renderersIn(groupOf(this.#process?.pid ?? -1), this.name);
  }

  /** Chromium's: what DevTools answer at, over HTTP. */
  get devTools(): string {
    const [port] = readFileSync(join(this.folder, 'DevToolsActivePort'), 'utf8').split('\n');
    return `http://127.0.0.1:${port}`;
  }

  /** SIGKILL to all of its processes, its first one first. */
  async kill(): Promise<void> {
    if (!this.#process || !this.isRunning) return;
    const exited = once(this.#process, 'exit');
    this.#killAll();
    await exited;
  }

  /** Resolves when it has ended by itself; false if it has not, within so many milliseconds. */
  async ended(patience: number): Promise<boolean> {
    const end = Date.now() + patience;
    while (this.isRunning && Date.now() < end) await pause(20);
    return !this.isRunning;
  }

  /** Resolves when it has ended. Default: as the system asks it to when it shuts down. */
  async quit(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.#process) await end(this.#process, signal);
  }

  terminate(): void {
    this.#process?.kill('SIGTERM');
  }

  /** The end of the test: it and its profile. */
  async remove(): Promise<void> {
    await this.kill();
    if (this.#screen) await end(this.#screen.child);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
