// What the site shows, as JSON. Times are ISO 8601 in UTC.
import type { Context, Hono } from 'hono';
import type { App, Attachment, Group, Report, ReportRow, Store } from '../store/store.js';
import { idIn, pageOf, parseUuid, timeText } from '../texts.js';

interface Deps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** How far back it is told what was not taken, and how many visits crashed. Milliseconds. */
const RECENT_MS = 30 * 24 * 3600 * 1000;

/** How far the days of a group go back. Milliseconds. */
const DAYS_MS = 90 * 24 * 3600 * 1000;

export function addReadRoutes(api: Hono, { store, now }: Deps): void {
  api.get('/apps', async (c) => c.json({ apps: (await store.apps()).map(toAppJson) }));

  api.get('/apps/:app/refused', async (c) => {
    const app = await appOf(c, store);
    if (!app) return c.notFound();
    const [counts, samples, { newest, ...waiting }] = await Promise.all([
      store.refusedCounts(app.id, now() - RECENT_MS),
      store.refusedSamples(app.id),
      store.waitingAttachments(app.id),
    ]);
    return c.json({
      counts: counts.map(({ lastAt, ...count }) => ({ ...count, lastAt: timeText(lastAt) })),
      samples: samples.map(({ at, ...sample }) => ({ ...sample, at: timeText(at) })),
      waitingAttachments: {
        ...waiting,
        newest: newest.map(({ receivedAt, ...one }) => ({ ...one, receivedAt: timeText(receivedAt) })),
      },
    });
  });

  api.get('/apps/:app/crash-free', async (c) => {
    const app = await appOf(c, store);
    return app ? c.json(await store.crashFree(app.id, now() - RECENT_MS)) : c.notFound();
  });

  api.get('/apps/:app/groups', async (c) => {
    const app = await appOf(c, store);
    if (!app) return c.notFound();
    const page = await pageOf(c.req.query('page'), (at) => store.groups(app.id, at));
    return c.json({ groups: page.rows.map(toGroupJson), next: nextOf(c, page) });
  });

  api.get('/apps/:app/groups/:group', async (c) => {
    const [app, id] = [await appOf(c, store), idIn(c.req.param('group'))];
    const group = id === undefined ? undefined : await store.group(id);
    if (!app || group?.appId !== app.id) return c.notFound();
    const page = await pageOf(c.req.query('page'), (at) => store.reportsOfGroup(group.id, at));
    const counts = await store.daysOfGroup(group.id, now() - DAYS_MS);
    const days = counts.map(({ day, reports }) => ({ day: timeText(day).slice(0, 10), reports }));
    const reports = page.rows.map(toRowJson);
    return c.json({ group: toGroupJson(group), days, reports, next: nextOf(c, page) });
  });

  api.get('/apps/:app/reports/:report', async (c) => {
    const [app, id] = [await appOf(c, store), parseUuid(c.req.param('report'))];
    const report = app && id !== undefined ? await store.report(app.id, id) : undefined;
    if (!report) return c.notFound();
    const attachments = await store.attachmentsOf(report.appId, report.id);
    return c.body(toReportText(report, attachments), 200, { 'Content-Type': 'application/json' });
  });
}

async function appOf(c: Context, store: Store): Promise<App | undefined> {
  const id = idIn(c.req.param('app'));
  return (await store.apps()).find((app) => app.id === id);
}

/** The address of the page after one; null at the end. */
const nextOf = (c: Context, { page, more }: { page: number; more: boolean }): string | null =>
  more ? `${c.req.path}?page=${page + 1}` : null;

/** Without the secrets: whoever may read need not be able to send. */
function toAppJson({ id, name, createdAt, disabledAt, previousSecret, origins }: App) {
  return {
    id,
    name,
    createdAt: timeText(createdAt),
    disabledAt: disabledAt === undefined ? null : timeText(disabledAt),
    isRotating: previousSecret !== undefined,
    /** Null: all may send. */
    origins: origins ?? null,
  };
}

function toGroupJson({ appId: _, firstSeen, lastSeen, ...group }: Group) {
  return { ...group, firstSeen: timeText(firstSeen), lastSeen: timeText(lastSeen) };
}

function toRowJson({ groupId: _, timestamp, receivedAt, ...row }: ReportRow) {
  return { ...row, timestamp: timeText(timestamp), receivedAt: timeText(receivedAt) };
}

/** The logs stand in it as they came: parsing and writing them again would round their large numbers. */
function toReportText(
  { json, timestamp, receivedAt, ...report }: Report,
  attachments: readonly Attachment[],
): string {
  const head = { ...report, timestamp: timeText(timestamp), receivedAt: timeText(receivedAt) };
  const files = attachments.map((one) => one.json).join(',');
  // A text that cannot be read is empty.
  return `${JSON.stringify(head).slice(0, -1)},"log":${json || null},"attachments":[${files}]}`;
}
