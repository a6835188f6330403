// The site: (Request) → Response. Server-rendered, works without JavaScript, and trusts no text it shows.
// Path → rows from the store → page.
import { type Context, Hono } from 'hono';
import { createSecretsSeen, type SecretsSeen } from '../access/secrets-seen.js';
import { createSessions } from '../access/sessions.js';
import { createSignIn } from '../access/sign-in.js';
import { parseLog } from '../digest/kept-log.js';
import type { Group, ReportRow, Store } from '../store/store.js';
import { idIn, pageOf, parseUuid } from '../texts.js';
import { addAccount } from './account-site.js';
import { addApps } from './apps-site.js';
import { firstDay, toDays } from './chart.js';
import { checkForm } from './form.js';
import { groupPage } from './group-page.js';
import { groupsPage } from './groups-page.js';
import { addProtection } from './protect.js';
import { REFUSED_DAYS, refusedPage } from './refused-page.js';
import { reportPage } from './report-page.js';
import { type Client, originOf, type SiteEnv, signedIn } from './request.js';
import { groupsPath } from './shell.js';
import { addSigning, addSignOut, createGuard } from './signing.js';
import { STYLE, STYLE_PATH } from './style.js';
import { DAY } from './time.js';

export interface Site {
  fetch(request: Request, client?: Client): Response | Promise<Response>;
}

interface Deps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds that never go back. Default: since the process began. */
  readonly ticks?: () => number;
  /** Told of what went wrong with a request. Default `console.error`. */
  readonly log?: (message: string, error?: unknown) => void;
  /** Default: none. */
  readonly secrets?: SecretsSeen;
  /** How long a form may take. Milliseconds. Default 10 s. */
  readonly formMs?: number;
}

/** Days of the small and of the large chart. */
const SPARK_DAYS = 14;
const CHART_DAYS = 30;

/** Events before a crash. */
const MAX_EVENTS = 50;

export function createSite(deps: Deps): Site {
  const { store, now, ticks = () => performance.now(), log = console.error, formMs } = deps;
  const { secrets = createSecretsSeen(now) } = deps;
  const site = new Hono<SiteEnv>();
  const sessions = createSessions({ store, now });
  addProtection(site, { log, formMs });
  site.get(STYLE_PATH, (c) => {
    c.header('Cache-Control', 'public, max-age=31536000, immutable');
    return c.body(STYLE, 200, { 'Content-Type': 'text/css; charset=utf-8' });
  });
  const signIn = createSignIn({ store, sessions, ticks });
  addSigning(site, { sessions, signIn, log });
  site.use(createGuard(sessions)); // From here on a user is signed in.
  site.post('*', checkForm);
  addSignOut(site, sessions);
  addApps(site, { store, now, log, secrets });
  addAccount(site, { store, sessions, signIn, log });
  site.get('/', (c) => showStart(c, store));
  site.get('/apps/:app', (c) => showApp(c, store));
  site.get('/apps/:app/groups', (c) => showGroups(c, { store, now }));
  site.get('/apps/:app/groups/:group', (c) => showGroup(c, { store, now }));
  site.get('/apps/:app/reports/:report', (c) => showReport(c, store));
  site.get('/apps/:app/refused', (c) => showRefused(c, { store, now }));
  return { fetch: (request, client = {}) => site.fetch(request, client) };
}

/** What stands around a page of the app the path names; absent when there is no such app. */
async function shellOf(c: Context<SiteEnv>, store: Store) {
  const id = idIn(c.req.param('app'));
  const apps = await store.apps();
  const app = apps.find((one) => one.id === id);
  return app && { ...signedIn(c), apps, app };
}

async function showStart(c: Context<SiteEnv>, store: Store) {
  const [app] = await store.apps();
  return app ? c.redirect(groupsPath(app)) : c.redirect('/apps');
}

async function showApp(c: Context<SiteEnv>, store: Store) {
  const shell = await shellOf(c, store);
  return shell ? c.redirect(groupsPath(shell.app)) : c.notFound();
}

async function showGroups(c: Context<SiteEnv>, { store, now }: Deps) {
  const shell = await shellOf(c, store);
  if (!shell) return c.notFound();
  const { page, rows, more } = await pageOf(c.req.query('page'), (at) => store.groups(shell.app.id, at));
  const time = now();
  const withDays = async (group: Group) => {
    const counts = await store.daysOfGroup(group.id, firstDay(time, SPARK_DAYS));
    return { group, days: toDays(counts, time, SPARK_DAYS) };
  };
  const [refused, waiting, crashFree] = await Promise.all([
    store.refusedCounts(shell.app.id, time - REFUSED_DAYS * DAY),
    store.waitingAttachments(shell.app.id),
    store.crashFree(shell.app.id, time - CHART_DAYS * DAY),
  ]);
  const known = { refused: refused.reduce((sum, { logs }) => sum + logs, 0), waiting, crashFree };
  const content = {
    app: shell.app,
    rows: await Promise.all(rows.map(withDays)),
    page,
    more,
    now: time,
    ...known,
  };
  return c.html(groupsPage(shell, { ...content, origin: originOf(c) }));
}

async function showGroup(c: Context<SiteEnv>, { store, now }: Deps) {
  const shell = await shellOf(c, store);
  const id = idIn(c.req.param('group'));
  const group = shell && id !== undefined ? await store.group(id) : undefined;
  if (!shell || !group || group.appId !== shell.app.id) return c.notFound();
  const {
    page,
    rows: reports,
    more,
  } = await pageOf(c.req.query('page'), (at) => store.reportsOfGroup(group.id, at));
  const time = now();
  const [counts, newest] = await Promise.all([
    store.daysOfGroup(group.id, firstDay(time, CHART_DAYS)),
    newestOf(group, page === 1 ? reports : await store.reportsOfGroup(group.id, { limit: 1 }), store),
  ]);
  const days = toDays(counts, time, CHART_DAYS);
  return c.html(groupPage(shell, { app: shell.app, group, days, reports, newest, page, more, now: time }));
}

async function newestOf(group: Group, [row]: readonly ReportRow[], store: Store) {
  const report = row && (await store.report(group.appId, row.id));
  return report && { row, log: parseLog(report.json) };
}

async function showRefused(c: Context<SiteEnv>, { store, now }: Deps) {
  const shell = await shellOf(c, store);
  if (!shell) return c.notFound();
  const time = now();
  const [counts, samples, waiting] = await Promise.all([
    store.refusedCounts(shell.app.id, time - REFUSED_DAYS * DAY),
    store.refusedSamples(shell.app.id),
    store.waitingAttachments(shell.app.id),
  ]);
  return c.html(refusedPage(shell, { app: shell.app, counts, samples, waiting, now: time }));
}

async function showReport(c: Context<SiteEnv>, store: Store) {
  const shell = await shellOf(c, store);
  const id = parseUuid(c.req.param('report'));
  const report = shell && id !== undefined ? await store.report(shell.app.id, id) : undefined;
  if (!shell || !report) return c.notFound();
  const { appId, sid, timestamp: until } = report;
  const [attachments, events] = await Promise.all([
    store.attachmentsOf(appId, report.id),
    sid === undefined ? [] : store.eventsOf({ appId, sid, until, limit: MAX_EVENTS }),
  ]);
  const log = parseLog(report.json);
  return c.html(reportPage(shell, { app: shell.app, report, log, attachments, events }));
}
