// Rows 4 to 8: the way to the collector fails.
import { chromium } from '@playwright/test';
import type { Fault } from './fault-server.js';
import { pause, type Round } from './round.js';

/** Long enough for a post to fail, and for what follows from it. Milliseconds. */
const MOMENT = 500;

/** Thrown during the fault, page closed; the collector is there again when it is reopened. */
export const closedDuring =
  (fault: Fault, count?: number) =>
  async (round: Round): Promise<void> => {
    await round.fault(fault);
    await round.all(async (host) => {
      const visit = await round.visit(host);
      await visit.ask(round.boom(visit, count));
      await pause(MOMENT);
      await round.close(visit);
    });
    await round.fault('none');
  };

/** Thrown during the fault, which ends after `ms`; the page stays, and nobody touches it. */
export const stayedDuring =
  (fault: Fault, { ms, count }: { readonly ms: number; readonly count?: number }) =>
  async (round: Round): Promise<void> => {
    const visits = await round.all((host) => round.visit(host));
    await round.fault(fault);
    await Promise.all(visits.map((visit) => visit.ask(round.boom(visit, count))));
    await pause(ms);
    await round.fault('none');
  };

/** Two pages of one origin, both closed; the row reopens one. */
export async function twoTabs(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visits = [await round.visit(host), await round.visit(host)];
    await Promise.all(visits.map((visit) => visit.ask(round.boom(visit, 20))));
    await pause(MOMENT);
    for (const visit of visits) await round.close(visit);
  });
  await round.fault('none');
}

/** Runs `during` while Chromium's network is off. What pages are to do then they are told before, or by `evaluate`. */
async function withNetworkOff(round: Round, during: () => Promise<void>): Promise<void> {
  const browser = await chromium.connectOverCDP(round.stage.browser.devTools);
  const [context] = browser.contexts();
  await context?.setOffline(true);
  await during();
  const on = async () => context?.setOffline(false);
  // It fails for a page that is just closing, as pages with Rollbar take their time to: not when that has gone.
  await on().catch(() => pause(MOMENT).then(on));
  // Of the connection: the browser stays.
  await browser.close();
}

/** Chromium's network switched off; page closed, and reopened online. */
export async function networkOff(round: Round): Promise<void> {
  const visits = await round.all((host) => round.visit(host));
  for (const visit of visits)
    await visit.ask(`addEventListener('offline', () => { ${round.boom(visit)} }, { once: true })`);
  await withNetworkOff(round, async () => {
    await pause(2 * MOMENT);
    for (const visit of visits) await round.close(visit);
  });
}

/** Chromium's network switched off and on again; the page stays. */
export const networkBack =
  (count: number) =>
  async (round: Round): Promise<void> => {
    const visits = await round.all((host) => round.visit(host));
    for (const visit of visits)
      await visit.ask(`addEventListener('offline', () => { ${round.boom(visit, count)} }, { once: true })`);
    await withNetworkOff(round, () => pause(2 * MOMENT).then(() => undefined));
  };
