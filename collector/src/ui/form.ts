// What comes back from a page's form, and whether it is one of ours.
import { timingSafeEqual } from 'node:crypto';
import type { Context, Next } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { FIELD } from './form-token.js';
import type { SiteEnv } from './request.js';

/** The fields of a form. Throws an HTTPException of status 400 when the body is not the form it says it is. */
export async function fieldsOf(c: Context): Promise<(name: string) => string> {
  try {
    const fields = await c.req.parseBody();
    return (name) => textOf(fields[name]);
  } catch (cause) {
    throw new HTTPException(400, { cause });
  }
}

/**
 * Lets a form on that was on a page of this session. The Origin was looked at before; this holds also where a browser
 * sends none, and against another program on the same host.
 */
export async function checkForm(c: Context<SiteEnv>, next: Next): Promise<void> {
  const given = Buffer.from((await fieldsOf(c))(FIELD));
  const expected = Buffer.from(c.get('formToken'));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new HTTPException(403);
  await next();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
