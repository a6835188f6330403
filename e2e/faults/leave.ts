// Rows 1 to 3, 11 and 12: how a page ends.
import type { Fault } from './fault-server.js';
import { pause, type Round } from './round.js';

const AWAY = "location.href = '/away'";

export async function navigate(round: Round): Promise<void> {
  await round.all(async (host) => {
    const visit = await round.visit(host);
    visit.tell(`${round.boom(visit)};${AWAY}`);
    await visit.left();
    round.forget(visit);
  });
}

export async function closeTab(round: Round): Promise<void> {
  await round.all(async (host) => {
    const visit = await round.visit(host);
    await round.close(visit, round.boom(visit));
  });
}

/** Restarted by the row's reopening. */
export async function closeBrowser(round: Round): Promise<void> {
  await round.stage.renew();
  const visits = await round.all((host) => round.visit(host));
  const [code = ''] = visits.map((visit) => round.boom(visit));
  await round.stage.quit(visits, code);
  for (const visit of visits) round.forget(visit);
}

/** More than any engine keeps of an error: 50 (Chromium, as the reporter sets it), 128 (Firefox), 100 (WebKit). */
const DEEP = 150;

const asIs = (boom: string): string => boom;
export const fromDeep = (boom: string): string => `deep(${DEEP}, () => ${boom})`;

/**
 * The renderer's end, so many milliseconds after the throw; 0: in the same task. What `fault` does is over when it is
 * reopened.
 */
export const killRenderer =
  (after: number, fault: Fault = 'none', from = asIs) =>
  async (round: Round): Promise<void> => {
    await round.fault(fault);
    const victims = await round.each(async (host) => {
      const visit = await round.visit(host);
      return { visit, pid: await round.stage.locate(visit) };
    });
    await Promise.all(
      victims.map(async ({ visit, pid }) => {
        visit.tell(`${from(round.boom(visit))};${after ? `setTimeout(block, ${after})` : 'block()'}`);
        await visit.blocked();
        await round.stage.kill(visit, pid);
        round.forget(visit);
      }),
    );
    await round.fault('none');
  };

/** All processes of the browser at once, so many milliseconds after the throw. */
export const killBrowser =
  (after: number) =>
  async (round: Round): Promise<void> => {
    const visits = await round.all((host) => round.visit(host));
    for (const visit of visits) visit.tell(`${round.boom(visit)};setTimeout(block, ${after})`);
    await Promise.all(visits.map((visit) => visit.blocked()));
    await round.stage.killBrowser();
    for (const visit of visits) round.forget(visit);
  };

/** Thrown in the task of `start`, before any storage can have opened, and left in the same task. */
export async function beforeStorage(round: Round): Promise<void> {
  await round.fault('down');
  await round.all(async (host) => {
    const visit = await round.brief(host, (one) => ({ after: `${round.boom(one)};${AWAY}` }));
    await visit.left();
  });
  await pause(300);
  await round.fault('none');
}

/** Thrown by a listener of `type` while the page is left, the collector down: what is kept is all there is. */
export const whileLeaving =
  (type: 'pagehide' | 'beforeunload') =>
  async (round: Round): Promise<void> => {
    await round.fault('down');
    await round.all(async (host) => {
      const visit = await round.visit(host);
      visit.tell(`addEventListener('${type}', () => { ${round.boom(visit)} }); ${AWAY}`);
      await visit.left();
      round.forget(visit);
    });
    await pause(300);
    await round.fault('none');
  };

/** True, or why not: Chromium says it. */
const RESTORED = `return globalThis.restored === true ||
  (performance.getEntriesByType('navigation')[0].notRestoredReasons ?? 'loaded anew');`;

/**
 * Thrown while the collector is down, navigated away `after` milliseconds (0: in the same task), back when it is up
 * again. Where the page comes from the bfcache, nothing is loaded anew.
 */
export const thereAndBack =
  (after: number) =>
  async (round: Round): Promise<void> => {
    await round.fault('down');
    const visits = await round.all((host) => round.visit(host));
    await Promise.all(
      visits.map(async (visit) => {
        const leave = "hangUp(); location.href = '/away?back';";
        const then = after ? `setTimeout(() => { ${leave} }, ${after})` : leave;
        await visit.ask(
          `addEventListener('pageshow', ({ persisted }) => { globalThis.restored = persisted; });
          setTimeout(() => { ${round.boom(visit)}; ${then} }, 200)`,
        );
        await visit.left();
      }),
    );
    await round.fault('none');
    const answers = await Promise.all(visits.map((visit) => visit.ask(RESTORED)));
    const restored = answers.filter((answer) => answer === true);
    round.notes.push(`${restored.length} of ${answers.length} pages restored from the bfcache`);
    if (restored.length < answers.length) console.log(round.engine, answers);
  };
