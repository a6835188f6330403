// Debian's Chromium with a profile of its own on disk, so that a test can close it and open it again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { descendants, groupOf, type Process, renderersIn } from './engines/processes.js';

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export class BrowserProfile {
  readonly folder = mkdtempSync(join(tmpdir(), 'crashpost-profile-'));
  #context: BrowserContext | undefined;

  /** @param args more of Chromium's switches. @param without those of Playwright's own that are not wanted */
  async open(args: readonly string[] = [], without: readonly string[] = []): Promise<BrowserContext> {
    this.#context = await chromium.launchPersistentContext(this.folder, {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: true,
      args: [...ARGS, ...args],
      ignoreDefaultArgs: [...without],
      viewport: { width: 1280, height: 800 },
    });
    return this.#context;
  }

  /** Opens the browser, and `url` in a page of it. */
  async visit(url: string): Promise<Page> {
    const page = await (await this.open()).newPage();
    await page.goto(url);
    return page;
  }

  #own(): Process {
    const own = descendants().find(
      ({ command }) => command.includes(`--user-data-dir=${this.folder}`) && !command.includes('--type='),
    );
    if (!own) throw new Error('the browser does not run');
    return own;
  }

  /** Id of the browser's own process. */
  get pid(): number {
    return this.#own().pid;
  }

  /** Ids of all its processes. */
  pids(): number[] {
    return groupOf(this.#own().group).map(({ pid }) => pid);
  }

  /** Ids of those that run its pages. */
  renderers(): number[] {
    return renderersIn(groupOf(this.#own().group), 'chromium');
  }

  async close(): Promise<void> {
    await this.#context?.close();
    this.#context = undefined;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
