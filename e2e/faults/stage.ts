// Where the trials of one engine play: a browser that lives on from one to the next, and the page in it that opens the
// others.
import { setTimeout as pause } from 'node:timers/promises';
import type { EngineName } from '../engines/engine.js';
import { InstalledBrowser } from '../engines/installed.js';
import { killProcess, memoryOf } from '../engines/processes.js';
import type { Site } from './site.js';
import type { PageOptions, Visit } from './visit.js';

/** Windows, not tabs: a tab that is not in front is hidden, and its timers are slow. */
const OPEN = (url: string) => `open(${JSON.stringify(url)}, '_blank', 'noopener,width=600,height=400')`;

/** Not at once: the page is to be seen to go, and so has to have answered, and to wait, before. */
const closing = (code = '') => `onceHeld(() => { ${code}; close(); })`;

/** More than any process grows by itself meanwhile. MiB. */
const BALLAST = 96;

interface Target {
  readonly id: string;
  readonly url: string;
}

export class Stage {
  readonly browser: InstalledBrowser;
  #keeper: Promise<Visit> | undefined;
  /** The browser that was started has ended. */
  #over = false;

  constructor(
    readonly engine: EngineName,
    readonly site: Site,
    readonly isPrivate = false,
  ) {
    this.browser = new InstalledBrowser(engine);
  }

  /** Starts the browser where it does not run. Pages are opened side by side: they all want the same one. */
  start(): Promise<Visit> {
    if (!this.#keeper || this.#over) this.#keeper = this.#startAnew();
    return this.#keeper;
  }

  async #startAnew(): Promise<Visit> {
    this.#over = false;
    const keeper = this.site.prepare('keeper', {});
    await this.browser.start(keeper.url, this.isPrivate);
    await keeper.ask('await wait(300)');
    return keeper;
  }

  /** From now on a browser with no page of an earlier row: one that is left open would keep it from ending. */
  async renew(): Promise<void> {
    if (this.#keeper && !this.#over) await this.killBrowser();
  }

  /** SIGKILL to all of the browser at once. */
  async killBrowser(): Promise<void> {
    this.#over = true;
    await this.browser.kill();
  }

  /** Opens a page; resolves when it does what it is told. */
  async open(host: string, options: PageOptions): Promise<Visit> {
    const visit = await this.openBriefly(host, () => options);
    await visit.ask('');
    return visit;
  }

  /** Opens a page that may not live to do what it is told. */
  async openBriefly(host: string, options: (visit: Visit) => PageOptions): Promise<Visit> {
    const keeper = await this.start();
    const visit = this.site.prepare(host, options);
    await keeper.ask(OPEN(visit.url));
    return visit;
  }

  async #targets(): Promise<Target[]> {
    return (await (await fetch(`${this.browser.devTools}/json/list`)).json()) as Target[];
  }

  /** Chromium lets no script close these pages, and is asked from outside; it runs the page's unloading all the same. */
  async #closeTarget(url: string): Promise<void> {
    const find = async () => (await this.#targets()).find((one) => one.url === url);
    const target = await find();
    if (!target) return;
    await fetch(`${this.browser.devTools}/json/close/${target.id}`);
    for (const end = Date.now() + 20_000; await find(); await pause(20))
      if (Date.now() > end) throw new Error(`${url} does not close`);
  }

  /** Closes the page; `code` runs before, in the same task where the engine can. */
  async close(visit: Visit, code = ''): Promise<void> {
    if (this.engine === 'chromium') {
      if (code) await visit.ask(code);
      await this.#closeTarget(visit.url);
      return;
    }
    await visit.ask(closing(code));
    await visit.gone();
  }

  /** Ids of those that were there, and have grown when the page did. */
  async #grown(visit: Visit): Promise<number[]> {
    const before = new Map(this.browser.renderers().map((pid) => [pid, memoryOf(pid)]));
    await visit.ask(`(globalThis.ballast ??= []).push(new Uint8Array(${BALLAST << 20}).fill(1))`);
    return [...before].flatMap(([pid, memory]) => (memoryOf(pid) - memory > BALLAST * 0.75 ? pid : []));
  }

  /** The process that runs the page: the one that grows when the page does. Not for several pages at a time. */
  async locate(visit: Visit): Promise<number> {
    // Firefox may be starting another meanwhile, which grows too, but not each time.
    for (let tries = 0; tries < 4; tries++) {
      const [pid, ...others] = await this.#grown(visit);
      if (pid && others.length === 0) return pid;
    }
    throw new Error(`${visit.url}: no one process grows with it`);
  }

  /** Ends the process of the page, which is blocked. Rejects when the page lives on: then nothing was tried. */
  async kill(visit: Visit, pid: number): Promise<void> {
    if (!killProcess(pid)) throw new Error(`${visit.url}: ${pid} had ended before`);
    // Firefox and WebKitGTK do not close the connections of the dead: it is asked whether it can still go on.
    if (await visit.lives()) throw new Error(`${visit.url} was not killed with ${pid}`);
  }

  /** Closes the browser as its user does: every window, one after the other; with the last one it ends. */
  async quit(visits: readonly Visit[], code: string): Promise<void> {
    const keeper = await this.start();
    if (this.engine === 'chromium') {
      await Promise.all(visits.map((visit) => visit.ask(code)));
      for (const { url } of await this.#targets()) await this.#closeTarget(url);
      // Headless, it stays without a window, as on a Mac.
      this.browser.terminate();
    } else {
      for (const visit of visits) visit.tell(closing(code));
      keeper.tell(closing());
    }
    this.#over = true;
    if (!(await this.browser.ended(15_000))) throw new Error(`${this.engine} does not end`);
  }

  remove(): Promise<void> {
    return this.browser.remove();
  }
}
