// WebKitGTK: WebKitWebDriver drives MiniBrowser, which has no headless mode and gets an Xvfb of its own. Playwright's
// own WebKit is a patched build that would have to be downloaded.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { freePort } from '../collector.js';
import type { Engine, EnginePage } from './engine.js';
import { openSession, type WebDriver } from './webdriver.js';

/** Debian keeps it in the folder of the architecture. */
export function findMiniBrowser(): string {
  const found = readdirSync('/usr/lib')
    .map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`)
    .find((path) => existsSync(path));
  if (!found) throw new Error('no MiniBrowser; Debian: apt-get install webkit2gtk-driver');
  return found;
}

/** An X server on a display that is free: it chooses one itself, and says which. */
export async function startXvfb(): Promise<{ readonly child: ChildProcess; readonly display: string }> {
  const child = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = (await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('Xvfb ended before it had a display'))),
  ])) as [Buffer];
  return { child, display: `:${String(said).trim()}` };
}

export async function end(child: ChildProcess, signal?: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

/** A session has one current window: commands of different pages must not come between each other's. */
function toPages({ command }: WebDriver) {
  let last: Promise<unknown> = Promise.resolve();
  const within = <T>(handle: string, run: () => Promise<T>): Promise<T> => {
    const result = last.then(async () => {
      await command('POST', '/window', { handle });
      return run();
    });
    // The failure is its caller's; the next command is not concerned.
    last = result.catch(() => undefined);
    return result;
  };
  return (handle: string): EnginePage => ({
    goto: async (url) => {
      await within(handle, () => command('POST', '/url', { url }));
    },
    evaluate: (expression) =>
      within(handle, () => command('POST', '/execute/sync', { script: `return (${expression});`, args: [] })),
    close: async () => {
      await within(handle, () => command('DELETE', '/window'));
    },
  });
}

/** Rejects where the browser is not installed or does not start. */
export async function openWebKit(): Promise<Engine> {
  const binary = findMiniBrowser();
  const { child: screen, display } = await startXvfb();
  const port = await freePort();
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    // bubblewrap wants namespaces that a container does not give.
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    stdio: 'ignore',
  });
  const stop = async (): Promise<void> => {
    await end(driver);
    await end(screen);
  };
  const session = await openSession(`http://127.0.0.1:${port}`, {
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  }).catch(async (error) => {
    await stop();
    throw error;
  });
  const toPage = toPages(session);
  return {
    name: 'webkit',
    version: session.version,
    open: async (url) => {
      // Not a tab: one that is not in front is hidden, and gets no animation frames.
      const { handle } = (await session.command('POST', '/window/new', { type: 'window' })) as {
        handle: string;
      };
      const page = toPage(handle);
      await page.goto(url);
      return page;
    },
    close: async () => {
      // A browser that has crashed has no session any more.
      await session.command('DELETE', '').finally(stop);
    },
  };
}
