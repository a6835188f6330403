// A browser as a person starts it, with nobody looking in: drivers end the whole browser when a page of it crashes, and
// keep nothing for its next start. What the page does must tell itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from './engine.js';
import { end, findMiniBrowser, startXvfb } from './webkit.js';

export interface PlainBrowser {
  /** Where it keeps its profile. */
  readonly folder: string;
  /** Starts it, with what it kept, on that address. */
  start(url: string): Promise<void>;
  /** Default: SIGTERM, as the system asks it to when it shuts down. */
  quit(signal?: NodeJS.Signals): Promise<void>;
  remove(): Promise<void>;
}

type Command = readonly [program: string, ...args: string[]];

const COMMANDS: Record<EngineName, (folder: string) => Command> = {
  chromium: (folder) => [
    process.env.CHROMIUM ?? '/usr/bin/chromium',
    ...['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', `--user-data-dir=${folder}`],
  ],
  firefox: (folder) => [process.env.FIREFOX ?? '/usr/bin/firefox-esr', '--headless', '--profile', folder],
  webkit: () => [findMiniBrowser()],
};

/** Firefox asks and restores after a crash, and calls home; none of it is wanted here. */
const PREFERENCES = [
  'user_pref("browser.sessionstore.resume_from_crash", false);',
  'user_pref("browser.shell.checkDefaultBrowser", false);',
  'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
  'user_pref("app.normandy.enabled", false);',
  'user_pref("browser.aboutwelcome.enabled", false);',
].join('\n');

/** Rejects where a screen is needed and cannot be had. @param more switches of the browser */
export async function openPlain(name: EngineName, more: readonly string[] = []): Promise<PlainBrowser> {
  const folder = mkdtempSync(join(tmpdir(), `crashpost-${name}-`));
  if (name === 'firefox') writeFileSync(join(folder, 'user.js'), PREFERENCES);
  const screen = name === 'webkit' ? await startXvfb() : undefined;
  const env = {
    ...process.env,
    ...(screen && { DISPLAY: screen.display }),
    ...{ XDG_DATA_HOME: folder, XDG_CACHE_HOME: folder, MOZ_CRASHREPORTER_DISABLE: '1' },
    // bubblewrap wants namespaces that a container does not give.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  };
  let child: ChildProcess | undefined;
  const quit = async (signal?: NodeJS.Signals): Promise<void> => {
    if (child) await end(child, signal);
    child = undefined;
  };
  return {
    folder,
    async start(url) {
      const [program, ...args] = COMMANDS[name](folder);
      child = spawn(program, [...args, ...more, url], { env, stdio: 'ignore' });
      await once(child, 'spawn');
    },
    quit,
    async remove() {
      await quit();
      if (screen) await end(screen.child);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
