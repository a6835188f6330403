// What the site shows of what App Center's SDKs post beside reports, and of what was not taken.
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { MEANINGS } from './refused-page.js';
import { crash, createTestSite, NOW, text } from './site.fixture.js';

let here: Awaited<ReturnType<typeof createTestSite>>;
beforeEach(async () => {
  here = await createTestSite();
  await here.signIn();
});

const HOSTILE = '<script>alert(1)</script>';

async function refuse(logs: number, reason = 'CrashesPerMinute', at = NOW - 60_000) {
  const sample = { at, installId: 'i-1', logId: 'l-1', type: 'managedError' };
  await here.store.keepRefused([
    {
      appId: here.app.id,
      counts: [{ reason, logs, lastAt: at }],
      samples: [{ ...sample, reason, fault: `logs[0]: ${HOSTILE}` }],
    },
  ]);
}

describe('what was not taken', () => {
  it('is counted on the page of groups, with and without reports, and linked', async () => {
    expect(await here.html('/apps/1/groups')).not.toContain('not taken');
    await refuse(1);
    expect(await here.html('/apps/1/groups')).toContain('<a href="/apps/1/refused">1 log was not taken</a>');
    await here.report(crash('TypeError'));
    await refuse(1233);
    expect(await here.html('/apps/1/groups')).toContain(
      '<a href="/apps/1/refused">1,234 logs were not taken</a>',
    );
  });

  it('is told by reason, with what it means, and one by one', async () => {
    await refuse(1234);
    await refuse(1, 'NewReason');
    const page = await here.html('/apps/1/refused');
    const words = text(page);
    expect(words).toContain('CrashesPerMinute More crashes in one minute than the limit crashesPerMinute.');
    expect(words).toContain(' 1,234 1 min ago');
    expect(words).toContain('NewReason');
    expect(words).toContain('The newest 2');
    expect(words).toContain('managedError l-1 · install i-1');
    expect(page).toContain('logs[0]: &lt;script&gt;');
    expect(words).not.toContain('whole post');
    expect(page).not.toContain('<script>');
  });

  it('lately is nothing, but the newest that was not is still told', async () => {
    await refuse(1, 'TooDeep', NOW - 40 * 24 * 3600 * 1000);
    const words = text(await here.html('/apps/1/refused'));
    expect(words).toMatch(/Everything was taken in these days\. Before them: The newest 1 .* 14 Oct 2026/);
  });

  it('is nothing at first, and nobody’s but the app’s', async () => {
    expect(text(await here.html('/apps/1/refused'))).toContain('Everything was taken.');
    expect((await here.visit('/apps/2/refused')).status).toBe(404);
    expect((await here.visit('/apps/1/refused', { headers: { cookie: '' } })).status).toBe(303);
  });
});

describe('attachments whose report is not there', () => {
  const report = 'f0b1c2d3-0000-4000-8000-000000000001';
  const attach = (id: string) =>
    here.store.keep({
      ...{ appId: here.app.id, installId: 'i-1', receivedAt: NOW - 120_000 },
      logs: [{ id, type: 'errorAttachment', errorId: report, timestamp: NOW, json: '{}' }],
    });
  const PAGES = ['/apps/1/groups', '/apps/1/refused'];

  it('are told of on the page of groups, with and without reports, and are a way to which they are', async () => {
    for (const path of PAGES) expect(await here.html(path)).not.toContain('attachment');
    await attach('a-1');
    const link = (words: string) => `<a href="/apps/1/refused#waiting">${words}</a>`;
    expect(await here.html('/apps/1/groups')).toContain(link('1 attachment waits for its report'));
    await here.report(crash('TypeError'));
    await attach(HOSTILE);
    expect(await here.html('/apps/1/groups')).toContain(link('2 attachments wait for their report'));
    const page = await here.html('/apps/1/refused');
    expect(page).toContain('id="waiting"');
    expect(page).not.toContain(HOSTILE);
    expect(text(page)).toContain(`${report} attachment a-1 2 min ago`);
    here.store.waitingAttachments = async () => ({
      ...{ count: 1200, more: true },
      newest: [{ id: 'a-2', errorId: report, receivedAt: NOW, file: 'minidumps/1/a-2.dmp' }],
    });
    expect(text(await here.html('/apps/1/refused'))).toMatch(
      /At least 1,200 attachments wait .* Report of 1 of them Came f0b1c2d3\S+ minidumps\/1\/a-2.dmp in the data folder just now/,
    );
    const all = await here.store.waitingAttachments(here.app.id);
    here.store.waitingAttachments = async () => ({ ...all, more: false });
    expect(text(await here.html('/apps/1/refused'))).toMatch(
      / 1,200 attachments .* Report of the newest 1 Came /,
    );
  });

  it('are not told of any more when it comes, and nowhere but at their app', async () => {
    await attach('a-1');
    const logs = [{ id: report, type: 'managedError', timestamp: NOW, json: '{}' }];
    await here.store.addApp({ name: 'Other', secret: 's', createdAt: NOW });
    expect(await here.html('/apps/2/groups')).not.toContain('attachment');
    await here.store.keep({ appId: here.app.id, installId: 'i-1', receivedAt: NOW, logs });
    for (const path of PAGES) expect(await here.html(path)).not.toContain('attachment');
  });
});

it('every reason there is has a meaning', () => {
  const folder = new URL('../ingest/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  const source = files.map((name) => readFileSync(new URL(name, folder), 'utf8')).join('\n');
  const ofPosts = [...source.matchAll(/new Refused\(\s*4\d\d, '(\w+)'/g)].map(([, word]) => word);
  const ofLogs = [...source.matchAll(/^ {2}\| '(\w+)'/gm)].map(([, word]) => word);
  // The owner is not told of these: nobody's app, posted again by itself, or no post.
  const untold = ['AppSecretDenied', 'RequestTimeout', 'IncompleteBody', 'MethodNotAllowed'];
  const told = [...ofPosts, ...ofLogs].filter((word = '') => !untold.includes(word));
  expect(told.length).toBeGreaterThan(12);
  expect(told.filter((word = '') => !MEANINGS[word])).toEqual([]);
});

describe('sessions', () => {
  it('give crash-free rates, never rounded up to 100 %', async () => {
    await here.report(crash('TypeError'));
    expect(await here.html('/apps/1/groups')).not.toContain('Crash-free');
    here.store.visits = { visits: 1_000_000, crashedVisits: 1, installs: 3, crashedInstalls: 1 };
    expect(text(await here.html('/apps/1/groups'))).toContain(
      'Crash-free in 30 days: 99.99 % of the last 1,000,000 sessions, 66.66 % of 3 installs',
    );
  });
});

describe('the page of a report', () => {
  it('says where the file of a minidump is', async () => {
    const id = await here.report(crash('TypeError'));
    const json = '{"contentType":"application/octet-stream","fileName":"minidump.dmp"}';
    const file = { path: 'minidumps/1/x.dmp', bytes: 2048 };
    here.store.attachmentsOf = async () => [{ id: 'x', json, file }];
    expect(text(await here.html(`/apps/1/reports/${id}`))).toContain(
      'minidump.dmp application/octet-stream · 2.0 KiB minidumps/1/x.dmp in the data folder',
    );
  });

  it('tells what happened before in its visit', async () => {
    const sid = 'f0b1c2d3-0000-4000-8000-000000000000';
    const id = await here.report(crash('TypeError', { sid }));
    expect(await here.html(`/apps/1/reports/${id}`)).not.toContain('Before it');
    const kept = await here.store.report(1, id);
    here.store.report = async () => kept && { ...kept, sid };
    const typedProperties = [{ type: 'long', name: 'items', value: 3 }];
    const events = [
      { sid, type: 'event', name: HOSTILE, properties: { from: HOSTILE }, typedProperties },
      { sid, type: 'page', name: 7, properties: [1], typedProperties: 'none' },
    ];
    here.store.events = events.map((event, n) => {
      return { id: String(n), timestamp: NOW - n * 1000, json: JSON.stringify(event) };
    });
    const page = await here.html(`/apps/1/reports/${id}`);
    expect(text(page)).toContain('Before it Event When');
    expect(page).toContain('from: &lt;script&gt;alert(1)&lt;/script&gt; · items: 3');
    expect(page).toContain('2026-11-23 09:29:59 UTC');
    expect(page).not.toContain('<script>');
  });
});
