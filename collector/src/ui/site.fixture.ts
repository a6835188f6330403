// A site on a store in memory, and a browser that keeps its cookie: for the tests of the site.
import { randomUUID, scryptSync } from 'node:crypto';
import { createSecretsSeen } from '../access/secrets-seen.js';
import { formTokenOf } from '../access/sessions.js';
import { MemoryStore } from './memory-store.fixture.js';
import { createSite } from './site.js';

export const ORIGIN = 'http://127.0.0.1:8080';
export const NOW = Date.parse('2026-11-23T09:30:00Z');

/** A hash as `hashPassword` makes it, at a thousandth of the cost: hundreds of tests sign in. */
export function cheapHash(password: string): string {
  const hash = scryptSync(password, Buffer.alloc(16, 1), 32, { N: 32, r: 8, p: 1 });
  return `$scrypt$ln=5,r=8,p=1$${'AQEB'.repeat(5)}AQ$${hash.toString('base64').replace(/=+$/, '')}`;
}

export type Visit = RequestInit & {
  readonly form?: Record<string, string>;
  readonly address?: string;
  readonly isSecure?: boolean;
};

export async function createTestSite({ formMs = 10_000 } = {}) {
  const store = new MemoryStore();
  await store.putUser({ name: 'ann', passwordHash: cheapHash('right') });
  const app = await store.addApp({ name: 'Shop', secret: randomUUID(), createdAt: NOW });
  const logged: unknown[] = [];
  const clock = { now: NOW, ticks: 0 };
  const secrets = createSecretsSeen(() => clock.now);
  const site = createSite({
    store,
    secrets,
    now: () => clock.now,
    ticks: () => clock.ticks,
    log: (...line) => logged.push(line),
    formMs,
  });
  let cookie = '';

  /** Sends a request as this origin's own pages do; follows nothing. */
  async function visit(path: string, { form, address, isSecure, ...init }: Visit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (cookie && !headers.has('cookie')) headers.set('cookie', cookie);
    if (form && !headers.has('origin')) headers.set('origin', ORIGIN);
    const token = formTokenOf(cookie.slice(cookie.indexOf('=') + 1));
    const body = form && { method: 'POST', body: new URLSearchParams({ token, ...form }) };
    const response = await site.fetch(new Request(`${ORIGIN}${path}`, { ...body, ...init, headers }), {
      address,
      isSecure,
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.slice(0, set.indexOf(';'));
    return response;
  }

  const signIn = () => visit('/sign-in', { form: { name: 'ann', password: 'right' } });

  /** Keeps a report and digests it. */
  async function report(log: object, at: { timestamp?: number; installId?: string; appId?: number } = {}) {
    const { timestamp = NOW, installId = randomUUID(), appId = app.id } = at;
    const id = randomUUID();
    const type = String(Object(log).type ?? 'managedError');
    const json = JSON.stringify(log);
    await store.keep({ appId, installId, receivedAt: timestamp, logs: [{ id, type, timestamp, json }] });
    await store.digestAll();
    return id;
  }

  return {
    store,
    app,
    clock,
    logged,
    secrets,
    visit,
    signIn,
    report,
    html: async (p: string) => (await visit(p)).text(),
  };
}

/** A crash as the reporter sends it. */
export const crash = (type: string, more: object = {}) => ({
  type: 'managedError',
  fatal: true,
  device: {
    ...{ sdkName: 'crashpost', sdkVersion: '0.1.0', osName: 'Windows', osVersion: '11', locale: 'de-AT' },
    ...{ timeZoneOffset: 120, screenSize: '2560x1440', appVersion: '2.4.1', appBuild: '241' },
    ...{ browserName: 'Chrome', browserVersion: '156.0.7204.51', appNamespace: 'https://shop.example' },
  },
  exception: {
    type,
    message: `${type} happened`,
    stackTrace: `${type}: happened\n    at total`,
    frames: [
      { methodName: 'Array.map', fileName: '<anonymous>' },
      {
        methodName: 'Cart.total',
        fileName: 'https://shop.example/cart.js',
        lineNumber: 118,
        columnNumber: 31,
      },
    ],
    innerExceptions: [{ type: 'RangeError', message: 'the cause', innerExceptions: [{ type: 'DeepError' }] }],
  },
  ...more,
});

/** What of a page is text, in one line. */
export const text = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');
