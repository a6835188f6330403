// What may be done with apps, as JSON.
import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Apps, Wish } from '../access/apps.js';
import { ANY } from '../access/origins.js';
import type { App } from '../store/store.js';
import { idIn } from '../texts.js';

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
    const body = await bodyOf(c);
    const app = await apps.change(await appOf(c, apps), toWish(body));
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

/** Throws an HTTPException of status 400 for what would not be done: whoever is answered 200 relies on it. */
function toWish({ name, disabled, origins }: Readonly<Record<string, unknown>>): Wish {
  const wish = {
    ...(name !== undefined && { name: typed(name, isText, '"name" must be a string') }),
    ...(disabled !== undefined && { disabled: typed(disabled, isFlag, '"disabled" must be true or false') }),
    ...(origins !== undefined && { origins: toOriginsText(origins) }),
  };
  if (Object.keys(wish).length > 0) return wish;
  throw new HTTPException(400, { message: 'Nothing to change: give "name", "disabled" or "origins"' });
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** As GET gives them, or as a person writes them. */
function toOriginsText(origins: unknown): string {
  if (origins === null) return ANY;
  const isList = (value: unknown): value is string[] =>
    Array.isArray(value) && value.length > 0 && value.every(isText);
  if (isList(origins)) return origins.join(',');
  return typed(origins, isText, '"origins" must be a list of origins, or null for all');
}

function typed<T>(value: unknown, is: (value: unknown) => value is T, message: string): T {
  if (is(value)) return value;
  throw new HTTPException(400, { message });
}

function toSecretJson({ id, name, secret, previousSecret, disabledAt, origins }: App) {
  return {
    ...{ id, name, secret, previousSecret: previousSecret ?? null, disabled: disabledAt !== undefined },
    /** Null: all may send. */
    origins: origins ?? null,
  };
}
