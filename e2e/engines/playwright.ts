// Chromium, and Firefox through WebDriver BiDi, which Playwright up to 1.64 speaks with Debian's Firefox: 1.65 sends
// a command that Firefox ESR 153 does not know (platform.md §A).
import { type Browser, chromium, firefox } from '@playwright/test';
import type { Engine, EngineName } from './engine.js';

async function toEngine(name: EngineName, browser: Browser): Promise<Engine> {
  const context = await browser.newContext();
  return {
    name,
    version: browser.version(),
    open: async (url) => {
      const page = await context.newPage();
      await page.goto(url);
      return {
        goto: async (to) => {
          await page.goto(to);
        },
        evaluate: (expression) => page.evaluate(expression),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** Rejects where the browser is not installed or does not start. */
export const openChromium = async (): Promise<Engine> =>
  toEngine(
    'chromium',
    await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    }),
  );

/** Rejects where the browser is not installed or does not start. */
export const openFirefox = async (): Promise<Engine> =>
  toEngine(
    'firefox',
    await firefox.launch({
      channel: 'moz-firefox',
      executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      // What awaits stands in a stack only where a debugger watches, which the protocol is, as soon as it gets to it:
      // nobody's own Firefox gives those calls (platform.md §A).
      firefoxUserPrefs: { 'javascript.options.asyncstack': false },
    }),
  );
