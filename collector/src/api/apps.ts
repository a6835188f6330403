// What may be done with apps, as JSON.
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Apps } from '../access/apps.js';
import type { App } from '../store/store.js';
import { idIn } from './values.js';

interface Deps {
  readonly apps: Apps;
  readonly log: (message: string) => void;
}

export function addAppRoutes(api: Hono, { apps, log }: Deps): void {
  api.post('/apps', async (c) => {
    const { name } = await bodyOf(c);
    const app = await apps.add(typeof name === 'string' ? name : '');
    log(`a token added the app ${app.name}`);
    return c.json(toSecretJson(app), 201);
  });

  api.patch('/apps/:app', async (c) => {
    const { name, disabled, origins } = await bodyOf(c);
    let app = await appOf(c, apps);
    if (typeof name === 'string') app = await apps.rename(app, name);
    if (typeof origins === 'string') app = await apps.limitTo(app, origins);
    if (typeof disabled === 'boolean') app = await (disabled ? apps.disable(app) : apps.enable(app));
    log(`a token changed the app ${app.name}`);
    return c.json(toSecretJson(app));
  });

  api.post('/apps/:app/rotation', async (c) => {
    const app = await apps.rotate(await appOf(c, apps));
    log(`a token gave a new secret to the app ${app.name}`);
    return c.json(toSecretJson(app), 201);
  });

  api.delete('/apps/:app/rotation', async (c) => {
    const app = await apps.endRotation(await appOf(c, apps));
    log(`a token ended the old secret of the app ${app.name}`);
    return c.json(toSecretJson(app));
  });
}

/** Throws an HTTPException of status 404. */
async function appOf(c: Context, apps: Apps): Promise<App> {
  const id = idIn(c.req.param('app'));
  const app = (await apps.list()).find((one) => one.id === id);
  if (!app) throw new HTTPException(404, { message: 'There is no such app' });
  return app;
}

/** Throws an HTTPException of status 400 for what is no JSON object. */
async function bodyOf(c: Context): Promise<Readonly<Record<string, unknown>>> {
  const body: unknown = await c.req.json().catch(() => undefined);
  if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  throw new HTTPException(400, { message: 'The body must be a JSON object' });
}

function toSecretJson({
  id,
  name,
  secret,
  previousSecret = null,
  disabledAt,
}: Omit<App, 'previousSecret'> & { previousSecret?: string | null }) {
  return { id, name, secret, previousSecret, disabled: disabledAt !== undefined };
}
