// What a worker of the test runner keeps from cell to cell: browsers take seconds to start, and so does a command.
import { test as base } from '@playwright/test';
import { createReader } from '../catalogue/arrived.js';
import { CollectorProcess } from '../collector.js';
import type { EngineName } from '../engines/engine.js';
import { FaultServer } from './fault-server.js';
import type { Parts, Subject } from './round.js';
import { Site } from './site.js';
import { Stage } from './stage.js';

export interface Setting {
  /** A collector with nothing in it, a fault server before it, and the engine's browser, as long as `use` runs. */
  ours(where: Where, use: (parts: Parts) => Promise<void>): Promise<void>;
  stage(where: Where): Stage;
  readonly site: Site;
}

interface Where {
  readonly engine: EngineName;
  readonly isPrivate?: boolean | undefined;
}

function toSubject(collector: CollectorProcess, logUrl: string): Subject {
  // Pages are killed here on purpose, and that would be reported too: e2e/unclean-exits.spec.ts.
  const options = { appSecret: collector.secret, logUrl, appVersion: '1.0.0', uncleanExits: false };
  const start = `crashpost.start(${JSON.stringify(options)})`;
  const read = createReader(collector);
  return {
    reporter: { script: '/crashpost/crashpost.min.js', start },
    ready: 'await opened()',
    shown: async () => (await read()).map(({ exception }) => exception.message),
  };
}

export async function openSetting(): Promise<{ setting: Setting; close(): Promise<void> }> {
  const site = await Site.start();
  const template = await CollectorProcess.prepare();
  const stages = new Map<string, Stage>();
  const stage = ({ engine, isPrivate = false }: Where): Stage => {
    const key = `${engine} ${isPrivate}`;
    const found = stages.get(key) ?? new Stage(engine, site, isPrivate);
    stages.set(key, found);
    return found;
  };
  return {
    setting: {
      site,
      stage,
      ours: async (where, use) => {
        const collector = await template.copy();
        await collector.start();
        const faults = await FaultServer.before(collector.url);
        try {
          await use({ stage: stage(where), faults, subject: toSubject(collector, faults.url) });
        } finally {
          await faults.close();
          await collector.remove();
        }
      },
    },
    close: async () => {
      for (const stage of stages.values()) await stage.remove();
      await site.close();
      await template.remove();
    },
  };
}

export const test = base.extend<object, { setting: Setting }>({
  setting: [
    async ({ browserName: _ }, use) => {
      const { setting, close } = await openSetting();
      await use(setting);
      await close();
    },
    { scope: 'worker' },
  ],
});
