import { test as base } from '@playwright/test';
import { serveDemo } from '../demo/server.mjs';
import { BrowserProfile } from './browser.js';
import { CollectorProcess } from './collector.js';

interface Fixtures {
  /** A collector with one app; the test starts it. */
  readonly collector: CollectorProcess;
  /** The demo's pages, reporting to that collector. */
  readonly demo: { readonly url: string };
  readonly profile: BrowserProfile;
}

export const test = base.extend<Fixtures>({
  collector: async ({ browserName: _ }, use) => {
    const collector = await CollectorProcess.prepare();
    await use(collector);
    await collector.remove();
  },
  demo: async ({ collector }, use) => {
    const demo = await serveDemo({
      port: 0,
      settings: { appSecret: collector.secret, logUrl: collector.url },
    });
    await use(demo);
    await demo.close();
  },
  profile: async ({ browserName: _ }, use) => {
    const profile = new BrowserProfile();
    await use(profile);
    await profile.remove();
  },
});

export { expect } from '@playwright/test';
