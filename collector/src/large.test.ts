// The largest reports there can be, looked at with little memory, tried on a real process.
import { describe, expect, it } from 'vitest';
import { isBuilt, startProcess } from './collector.fixture.js';
import { openInProcess } from './store/sqlite/in-process.fixture.js';
import { deliveryOf, idOf, logOf, newFolder, withApp } from './store/sqlite/stores.fixture.js';

const SIZE = 32 * 1024 * 1024;
/** A soft hyphen: nobody sees it, so a page shows it as eight characters. */
const UNSEEN = '\u00ad';

/** Fills a report of `SIZE` with as many `part`s as there is room for. */
function large(before: string, part: string, after: string): string {
  return `{"type":"managedError",${before}${part.repeat(SIZE / part.length)}${after}}`;
}

const FRAME = `{"methodName":"${UNSEEN.repeat(500)}","fileName":"${UNSEEN.repeat(2000)}","lineNumber":1},`;
const REPORTS = [
  // 4 GB of objects, were it parsed.
  { of: 'values', json: large('"z":[', '{},', '1]'), shown: 'holds too much to be read' },
  { of: 'frames', json: large('"exception":{"frames":[', FRAME, '{}]}'), shown: '⟨U+00AD⟩' },
  {
    of: 'text',
    json: large('"exception":{"type":"TextError","message":"', UNSEEN, '"}'),
    shown: 'TextError',
  },
];

async function signIn(url: string, password: string): Promise<{ cookie: string }> {
  const body = new URLSearchParams({ name: 'admin', password });
  const init = { method: 'POST', body, redirect: 'manual', headers: { origin: url } } as const;
  const response = await fetch(`${url}/sign-in`, init);
  return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
}

describe.skipIf(!isBuilt)('reports of 32 MiB in a heap of 1 GiB (needs build/: run "tsc -b" first)', () => {
  it('are grouped, and their pages are shown', async () => {
    const data = newFolder();
    const store = await withApp(openInProcess, data);
    for (const [n, { json }] of REPORTS.entries()) await store.keep(deliveryOf([logOf(n, { json })]));
    await store.close();
    const collector = await startProcess(data, {
      NODE_OPTIONS: '--max-old-space-size=1024',
      CRASHPOST_ADMIN_PASSWORD: 'correct horse',
    });
    const headers = await signIn(collector.url, 'correct horse');
    const page = async (path: string) => (await fetch(collector.url + path, { headers })).text();
    const groups = async () => (await page('/apps/1/groups')).match(/\/groups\/\d+/g) ?? [];
    while ((await groups()).length < REPORTS.length) await new Promise((resolve) => setTimeout(resolve, 100));
    for (const [n, { shown }] of REPORTS.entries()) {
      expect(await page(`/apps/1/groups/${n + 1}`)).toContain('Newest report');
      expect(await page(`/apps/1/reports/${idOf(n)}`)).toContain(shown);
    }
    expect(await collector.end('SIGTERM')).toBe(0);
  });
});
