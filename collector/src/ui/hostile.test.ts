// Everything a stranger may write into a report, on every page that shows it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { cheapHash, createTestSite, NOW } from './site.fixture.js';

/** Breaks out of elements, of attributes in either quote, and of the direction of writing. */
const attack = (field: string) =>
  `</pre></title>"'><img src=${field} onerror=alert(1)>\u202Egnp\u0007\u2066\u200B&amp;`;

/** A log with an attack in every text there is, names of properties too. */
function hostileLog() {
  const frame = (of: string) => ({
    methodName: attack(`${of}-method`),
    className: attack(`${of}-class`),
    fileName: `https://x.example/${attack(`${of}-file`)}`,
    lineNumber: attack(`${of}-line`),
    columnNumber: attack(`${of}-column`),
    address: attack(`${of}-address`),
    code: attack(`${of}-code`),
  });
  const exception = (of: string, innerExceptions: object[] = []) => ({
    type: attack(`${of}-type`),
    message: attack(`${of}-message`),
    stackTrace: attack(`${of}-stack`),
    frames: [
      frame(of),
      { fileName: 'javascript:alert(1)', methodName: 'f' },
      { address: '0x1', code: attack('code') },
    ],
    innerExceptions,
  });
  const texts = (...names: string[]) => Object.fromEntries(names.map((name) => [name, attack(name)]));
  return {
    type: 'managedError',
    ...texts(
      'timestamp',
      'appLaunchTimestamp',
      'sid',
      'userId',
      'processName',
      'processId',
      'parentProcessName',
    ),
    ...texts('errorThreadName', 'architecture', 'applicationPath', 'osExceptionType', 'osExceptionCode'),
    ...texts('osExceptionAddress', 'exceptionReason'),
    device: {
      ...texts(
        'sdkName',
        'sdkVersion',
        'wrapperSdkName',
        'wrapperSdkVersion',
        'wrapperRuntimeVersion',
        'model',
      ),
      ...texts(
        'oemName',
        'osName',
        'osVersion',
        'osBuild',
        'osApiLevel',
        'locale',
        'timeZoneOffset',
        'screenSize',
      ),
      ...texts('appVersion', 'appBuild', 'appNamespace', 'carrierName', 'carrierCountry', 'browserName'),
      ...texts('browserVersion', 'liveUpdateReleaseLabel', 'jailbreak'),
    },
    exception: exception('outer', [exception('inner')]),
    breadcrumbs: [
      {
        at: attack('crumb-at'),
        kind: attack('crumb-kind'),
        text: attack('crumb-text'),
        status: attack('crumb-status'),
        ms: 1,
        data: { [attack('crumb-name')]: attack('crumb-value') },
      },
    ],
    threads: [{ id: 1, name: attack('thread'), frames: [frame('thread')] }],
    binaries: [{ name: attack('binary'), path: '/a', startAddress: '0x0', endAddress: '0x9' }],
    properties: {
      [attack('key')]: attack('value'),
      nested: { [attack('nested-key')]: attack('nested-value') },
    },
  };
}

async function hostileSite() {
  const here = await createTestSite();
  await here.signIn();
  await here.store.putUser({ name: attack('user'), passwordHash: cheapHash('right') });
  await here.visit('/sign-in', { form: { name: attack('user'), password: 'right' } });
  const app = await here.store.addApp({ name: attack('app'), secret: attack('secret'), createdAt: NOW });
  const errorId = await here.report(hostileLog(), { appId: app.id, installId: attack('install') });
  const of = { fileName: attack('file'), contentType: `text/html${attack('content-type')}` };
  const json = JSON.stringify({ ...of, data: Buffer.from(attack('data')).toString('base64') });
  const logs = [{ id: 'a', type: 'errorAttachment', errorId, timestamp: NOW, json }];
  await here.store.keep({ appId: app.id, installId: 'i', receivedAt: NOW, logs });
  const group = `/apps/${app.id}/groups/1`;
  const report = `/apps/${app.id}/reports/${errorId}`;
  const own = ['/apps', `/apps/${app.id}/settings`, '/account'];
  return { here, pages: ['/apps/1/groups', `/apps/${app.id}/groups`, group, report, ...own] };
}

/** Every attribute that makes a browser go or fetch somewhere. */
const targets = (html: string) =>
  [...html.matchAll(/\s(?:href|src|action|formaction|srcdoc)="([^"]*)"/g)].map(([, to]) => to);

describe('hostile texts', () => {
  it('are escaped and visible wherever they are shown', async () => {
    const { here, pages } = await hostileSite();
    for (const path of pages) {
      const response = await here.visit(path);
      const html = await response.text();
      expect(response.status).toBe(200);
      expect(html).toContain('&lt;img src=');
      // What is inside quotes is a value; a text that got out of them would stand outside.
      expect(html.replace(/="[^"]*"/g, '=""')).not.toMatch(/<img|<script|<[^>]*\sonerror/i);
      expect(html).not.toMatch(/<img|<script/i);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be left
      expect(html).not.toMatch(/[\0-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]/);
      expect(html.match(/<title>/g)?.length).toBe(1 + (html.match(/<rect[^>]*><title>/g)?.length ?? 0));
      for (const target of targets(html))
        expect(target).toMatch(/^(?:\/(?!\/)|#content$|data:image\/svg\+xml,)/);
    }
  });

  it('are all there on the page of the report, shown and not swallowed', async () => {
    const { here, pages } = await hostileSite();
    const html = await here.html(pages[3] ?? '');
    const shown = new Set([...html.matchAll(/&lt;img src=([\w-]+) onerror/g)].map(([, field]) => field));
    const sent = [...JSON.stringify(hostileLog()).matchAll(/<img src=([\w-]+) /g)].map(([, field]) => field);
    expect(sent.length).toBeGreaterThan(60);
    for (const field of [...sent, 'file', 'content-type', 'data', 'install', 'app', 'user']) {
      expect(shown).toContain(field);
    }
    expect(html).toContain('⟨U+202E⟩gnp');
  });

  it('are harmless in what a stranger types before sign-in', async () => {
    const here = await createTestSite();
    const form = { name: attack('name'), password: attack('password'), next: attack('next') };
    const html = await (await here.visit('/sign-in', { form })).text();
    expect(html).not.toMatch(/<img/);
    expect(html).not.toContain('src=password');
    expect(html).toContain('name="next" value="/"');
    expect(await here.html(`/sign-in?next=${encodeURIComponent(`/${attack('next')}`)}`)).not.toMatch(/<img/);
  });

  it('of any length give a page', async () => {
    const here = await createTestSite();
    await here.signIn();
    const long = '<'.repeat(1_000_000);
    const frames = Array.from({ length: 3000 }, () => ({ methodName: long.slice(0, 500), fileName: 'a.js' }));
    const exception = { type: long, message: long, stackTrace: long, frames };
    const id = await here.report({
      type: 'managedError',
      userId: long,
      properties: { [long]: long },
      exception,
    });
    for (const path of ['/apps/1/groups', '/apps/1/groups/1', `/apps/1/reports/${id}`]) {
      const response = await here.visit(path);
      expect(response.status).toBe(200);
      expect((await response.text()).length).toBeLessThan(12_000_000);
    }
  });
});

const corpus = new URL('../../../../shared/corpus/appcenter/', import.meta.url);

describe.skipIf(!existsSync(corpus))('the corpus beside the repository', () => {
  it('has a page for every report', async () => {
    const here = await createTestSite();
    await here.signIn();
    let count = 0;
    for (const folder of ['docs-json/', 'exponea/', 'derived-appleError/']) {
      for (const name of readdirSync(new URL(folder, corpus))) {
        const body = parse(readFileSync(new URL(folder + name, corpus), 'utf8'), [], {
          allowTrailingComma: true,
        });
        for (const log of body.logs ?? body['logs:'] ?? []) {
          const html = await here.html(`/apps/1/reports/${await here.report(log)}`);
          expect(html).toContain('The whole log');
          expect(html).toContain(log.device.sdkName);
          count++;
        }
      }
    }
    expect(count).toBeGreaterThanOrEqual(59);
  });
});
