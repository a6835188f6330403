// What a report has is what docs/collected.md says it has: no field comes without a line there.
import { describe, expect, it } from 'vitest';
import { createClient } from './client.js';
import { fieldsOf, NEVER, TOLD } from './collected.fixture.js';
import { ErrorAttachmentLog } from './crash-api.js';
import * as extra from './extra.js';
import { toSettings } from './options.js';
import { fakePlatform, settled } from './platform/platform.fixture.js';
import type { Realm } from './platform/platform.js';
import { handledError, managedError } from './wire/logs.js';

const DEVICE = {
  osName: 'a',
  osVersion: 'b',
  model: 'c',
  oemName: 'd',
  browserName: 'e',
  browserVersion: 'f',
};

/** Logs that have all that a client can put into one. */
async function everything(): Promise<object[]> {
  const logs: object[] = [];
  const fetch = async (_: unknown, { body }: RequestInit) => {
    logs.push(...JSON.parse(String(body)).logs);
    return new Response(JSON.stringify({ validDiagnosticsIds: [] }));
  };
  const page = {
    Error,
    btoa,
    location: new URL('https://shop.example/'),
    fetch: async () => ({ status: 200 }),
  };
  const platform = fakePlatform({
    fetch: fetch as typeof globalThis.fetch,
    realm: page as unknown as Realm,
  });
  const options = {
    appSecret: '12345678-1234-1234-1234-123456789abc',
    logUrl: 'https://c.example',
    userId: 'anna',
  };
  const settings = toSettings(options);
  const client = createClient(settings, platform, {
    device: async () => ({ parseDevice: async () => DEVICE }),
    extra: async () => extra,
  });
  await settled();
  await page.fetch();
  extra.roomOf(settings, platform).addBreadcrumb('coupon applied', { code: 'SPRING' });
  const error = new TypeError('a', { cause: new Error('b') });
  error.stack = `${error}\n    at C.f (https://a.example/b.js:1:2)\n    at eval (eval at g (https://a.example/b.js:1:2), <anonymous>:1:2)`;
  platform.dispatch('error', { message: 'a', filename: '', lineno: 1, colno: 2, error });
  const id = client.trackError(error, { step: 'a' });
  extra.roomOf(settings, platform).attach(id, [ErrorAttachmentLog.attachmentWithText('a', 'b')], false);
  await settled();
  return logs;
}

/** Every field that the protocol has, by the validators. */
function fieldsOfSchema(schema: unknown, path = ''): string[] {
  const { properties, items, allOf } = schema as Record<string, unknown>;
  if (Array.isArray(allOf)) return allOf.flatMap((one) => fieldsOfSchema(one, path));
  if (items) return fieldsOfSchema(items, path);
  return Object.entries((properties ?? {}) as object).flatMap(([name, field]) => {
    const of = path ? `${path}.${name}` : name;
    return [of, ...fieldsOfSchema(field, of)];
  });
}

describe('docs/collected.md', () => {
  it('has a line for each field that a client sends, and no line for what it does not', async () => {
    const logs = await everything();
    expect(logs.map((log) => (log as { type: string }).type).sort()).toEqual([
      'errorAttachment',
      'handledError',
      'managedError',
      'startSession',
    ]);
    const sent = new Set(logs.flatMap((log) => fieldsOf(log)));
    expect([...sent].filter((field) => !TOLD.has(field))).toEqual([]);
    expect([...TOLD].filter((field) => !sent.has(field))).toEqual([]);
  });

  it('has every field of the protocol, as sent or as never sent', () => {
    const fields = new Set([managedError, handledError].flatMap(({ schema }) => fieldsOfSchema(schema)));
    expect(fields.size).toBeGreaterThan(40);
    const of = (prefix: string) => [...NEVER].some((field) => prefix.startsWith(`${field}.`));
    expect([...fields].filter((field) => !TOLD.has(field) && !NEVER.has(field) && !of(field))).toEqual([]);
    expect([...NEVER].filter((field) => !fields.has(field) || TOLD.has(field))).toEqual([]);
  });
});
