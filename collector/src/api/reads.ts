// What the site shows, as JSON. Times are ISO 8601 in UTC.
import type { Context, Hono } from 'hono';
import type { App, Attachment, Group, Report, ReportRow, Store } from '../store/store.js';
import { idIn, pageIn, timeText } from './values.js';

interface Deps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Rows of a page. */
const PAGE = 50;

/** How far back it is told what was not taken, and how many visits crashed. Milliseconds. */
const RECENT_MS = 30 * 24 * 3600 * 1000;

/** How far the days of a group go back. Milliseconds. */
const DAYS_MS = 90 * 24 * 3600 * 1000;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function addReadRoutes(api: Hono, { store, now }: Deps): void {
  api.get('/apps', async (c) => c.json({ apps: (await store.apps()).map(toAppJson) }));

  api.get('/apps/:app/refused', async (c) => {
    const app = await appOf(c, store);
    if (!app) return c.notFound();
    const [counts, samples] = await Promise.all([
      store.refusedCounts(app.id, now() - RECENT_MS),
      store.refusedSamples(app.id),
    ]);
    return c.json({
      counts: counts.map(({ lastAt, ...count }) => ({ ...count, lastAt: timeText(lastAt) })),
      samples: samples.map(({ at, ...sample }) => ({ ...sample, at: timeText(at) })),
    });
  });

  api.get('/apps/:app/crash-free', async (c) => {
    const app = await appOf(c, store);
    return app ? c.json(await store.crashFree(app.id, now() - RECENT_MS)) : c.notFound();
  });

  api.get('/apps/:app/groups', async (c) => {
    const app = await appOf(c, store);
    if (!app) return c.notFound();
    const { rows, next } = await pageOf(c, (page) => store.groups(app.id, page));
    return c.json({ groups: rows.map(toGroupJson), next });
  });

  api.get('/apps/:app/groups/:group', async (c) => {
    const [app, id] = [await appOf(c, store), idIn(c.req.param('group'))];
    const group = id === undefined ? undefined : await store.group(id);
    if (!app || group?.appId !== app.id) return c.notFound();
    const { rows, next } = await pageOf(c, (page) => store.reportsOfGroup(group.id, page));
    const counts = await store.daysOfGroup(group.id, now() - DAYS_MS);
    const days = counts.map(({ day, reports }) => ({ day: timeText(day).slice(0, 10), reports }));
    return c.json({ group: toGroupJson(group), days, reports: rows.map(toRowJson), next });
  });

  api.get('/apps/:app/reports/:report', async (c) => {
    const [app, id] = [await appOf(c, store), c.req.param('report')];
    const report = app && UUID.test(id) ? await store.report(app.id, id.toLowerCase()) : undefined;
    if (!report) return c.notFound();
    const attachments = await store.attachmentsOf(report.appId, report.id);
    return c.body(toReportText(report, attachments), 200, { 'Content-Type': 'application/json' });
  });
}

async function appOf(c: Context, store: Store): Promise<App | undefined> {
  const id = idIn(c.req.param('app'));
  return (await store.apps()).find((app) => app.id === id);
}

/** A page of a list, and the address of the next one; null at the end. */
async function pageOf<T>(c: Context, read: (page: { limit: number; offset: number }) => Promise<T[]>) {
  const page = pageIn(c.req.query('page'));
  const rows = await read({ limit: PAGE + 1, offset: (page - 1) * PAGE });
  return { rows: rows.slice(0, PAGE), next: rows.length > PAGE ? `${c.req.path}?page=${page + 1}` : null };
}

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
  return `${JSON.stringify(head).slice(0, -1)},"log":${json},"attachments":[${files}]}`;
}
