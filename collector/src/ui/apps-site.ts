// The pages of the apps, and the forms on them.
import type { Context, Hono } from 'hono';
import { AccessError, type Apps, createApps } from '../access/apps.js';
import type { SecretsSeen } from '../access/secrets-seen.js';
import { type App, type Store, StoreError } from '../store/store.js';
import { idIn } from '../texts.js';
import { appPage, appsPage } from './apps-page.js';
import { fieldsOf } from './form.js';
import { originOf, type SiteEnv, signedIn } from './request.js';
import { appPath } from './shell.js';

interface Deps {
  readonly store: Store;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly secrets: Pick<SecretsSeen, 'since' | 'old' | 'unknown'>;
  /** Told who changed what. */
  readonly log: (message: string) => void;
}

type Change = [told: string, change: (apps: Apps, app: App, field: (name: string) => string) => Promise<App>];

/** What the form of that name does to an app, and how the log tells it. */
const CHANGES = new Map<string, Change>(
  Object.entries({
    name: ['renamed', (apps, app, field) => apps.change(app, { name: field('name') })],
    origins: ['set the origins of', (apps, app, field) => apps.change(app, { origins: field('origins') })],
    rotate: ['gave a new secret to', (apps, app) => apps.rotate(app)],
    'end-rotation': ['ended the old secret of', (apps, app) => apps.endRotation(app)],
    disable: ['disabled', (apps, app) => apps.change(app, { disabled: true })],
    enable: ['enabled', (apps, app) => apps.change(app, { disabled: false })],
  } satisfies Record<string, Change>),
);

/** For who is signed in. */
export function addApps(site: Hono<SiteEnv>, { store, now, log, secrets }: Deps): void {
  const apps = createApps({ store, now });
  const seen = () => ({ now: now(), since: secrets.since });
  const listed = async () => ({ ...seen(), apps: await apps.list(), unknown: secrets.unknown() });
  const settings = (c: Context<SiteEnv>, app: App) => ({
    ...{ ...seen(), app, old: secrets.old(app) },
    origin: originOf(c),
  });

  site.get('/apps', async (c) => c.html(appsPage(signedIn(c), await listed())));
  site.post('/apps', async (c) => {
    const name = (await fieldsOf(c))('name');
    const added = await orFault(apps.add(name));
    if ('fault' in added) {
      const content = { ...(await listed()), name, fault: added.fault };
      return c.html(appsPage(signedIn(c), content), 400);
    }
    log(`${c.get('user')} added the app ${added.name}`);
    return c.redirect(appPath(added), 303);
  });

  site.get('/apps/:app/settings', async (c) => {
    const app = await appOf(c, apps);
    if (!app) return c.notFound();
    return c.html(appPage({ ...signedIn(c), app }, settings(c, app)));
  });
  site.post('/apps/:app/settings/:change', async (c) => {
    const app = await appOf(c, apps);
    const [told, change] = CHANGES.get(c.req.param('change')) ?? [];
    if (!app || !change) return c.notFound();
    const changed = await orFault(change(apps, app, await fieldsOf(c)));
    if ('fault' in changed) {
      const content = { ...settings(c, app), fault: changed.fault };
      return c.html(appPage({ ...signedIn(c), app }, content), 400);
    }
    log(
      `${c.get('user')} ${told} the app ${app.name}${changed.name === app.name ? '' : `: ${changed.name}`}`,
    );
    return c.redirect(appPath(app), 303);
  });
}

async function appOf(c: Context<SiteEnv>, apps: Apps): Promise<App | undefined> {
  const id = idIn(c.req.param('app'));
  return (await apps.list()).find((app) => app.id === id);
}

/** What a person did wrong, as a sentence for the page; rejects with everything else. */
async function orFault(asked: Promise<App>): Promise<App | { fault: string }> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof AccessError) return { fault: `${error.message}.` };
    if (!(error instanceof StoreError && error.code === 'duplicate')) throw error;
    return { fault: 'Another app has this name.' };
  }
}
