// App Center's functions in real browsers, against the built files and a real collector: each by what arrived.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Arrived, CollectorProcess } from './collector.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';
import { type Origins, serveOrigins } from './origins.js';

/** As it stands inline in a page. */
const STUB = readFileSync(new URL('../dist/crashpost.stub.min.js', import.meta.url), 'utf8');

/** Writes down each call of a listener; what it gives comes from `answers`. */
const LISTENER = `
globalThis.calls = [];
globalThis.listen = (answers) => crashpost.setListener(Object.fromEntries(Object.entries(answers).map(([name, answer]) => [
  name,
  (report, reason) => {
    calls.push([name, report?.exceptionReason, reason].filter(Boolean).join(' '));
    return typeof answer === 'function' ? answer(report) : answer;
  },
])));
globalThis.crash = (text) => setTimeout(function crash() { throw new RangeError(text); });
globalThis.all = {
  shouldProcess: true, shouldAwaitUserConfirmation: false, getErrorAttachments: () => [],
  onBeforeSending: undefined, onSendingSucceeded: undefined, onSendingFailed: undefined,
};`;

const FILES = {
  '/page.html': `<!doctype html><script src="/crashpost/crashpost.min.js"></script><script>${LISTENER}
crashpost.start(OPTIONS);</script>`,
  '/early.html': `<!doctype html><script>${STUB}</script><script>${LISTENER}
crashpost.start(OPTIONS);
crashpost.setUserId('anna');
crashpost.addBreadcrumb('before the reporter');
crashpost.setListener({ shouldAwaitUserConfirmation: () => true });
crash('before the reporter');
crashpost.trackError(new Error('with a note'), undefined, [crashpost.ErrorAttachmentLog.attachmentWithText('early', 'note.txt')]);
globalThis.answered = Promise.all([crashpost.isEnabled(), crashpost.hasCrashedInLastSession(), crashpost.getInstallId()]);
</script><script async src="/crashpost/crashpost.min.js"></script>`,
  '/module.html': `<!doctype html><script type="module">
import * as crashpost from '/crashpost/index.js';
globalThis.crashpost = crashpost;
${LISTENER}
crashpost.start(OPTIONS);
</script>`,
  '/tag.html': `<!doctype html><script src="/crashpost/crashpost.min.js" data-app-secret="SECRET" data-log-url="URL"
data-iframes="true" data-unclean-exits="false" data-app-verison="1" data-turbo-track="reload"></script>`,
};

async function withOrigins(
  collector: CollectorProcess,
  run: (origins: Origins) => Promise<void>,
  options: object = {},
) {
  await collector.start();
  const { secret, url } = collector;
  const tag = FILES['/tag.html'].replace('SECRET', secret).replace('URL', url);
  const origins = await serveOrigins({ ...FILES, '/tag.html': tag }, collector, options);
  try {
    await run(origins);
  } finally {
    origins.close();
  }
}

const messagesOf = async (collector: CollectorProcess) =>
  (await collector.arrived()).map(({ exception }) => exception.message).sort();
const polled = (collector: CollectorProcess) => expect.poll(() => messagesOf(collector), { timeout: 15_000 });
const callsOf = (page: Page) => page.evaluate(() => (globalThis as never as { calls: string[] }).calls);
/** What the reporter writes to the console. */
const listen = (page: Page, said: string[]) =>
  page.on('console', (message) => {
    if (message.text().startsWith('crashpost')) said.push(message.text());
  });
/** In the page, as its own script would. */
const run = (page: Page, script: string) => page.evaluate(`(async () => { ${script} })()`);
const reportPage = async (collector: CollectorProcess, { id }: Arrived) =>
  collector.page(`/apps/1/reports/${id}`);

for (const engine of ENGINE_NAMES)
  test(`${engine}: the listener is called in order, and what it attaches is on the site`, async ({
    collector,
  }) => {
    await withOrigins(collector, async ({ here }) => {
      const browser = await openEngine(engine);
      try {
        const page = await browser.open(`${here}/page.html`);
        await page.evaluate(`listen({ ...all, getErrorAttachments: () => [
          crashpost.ErrorAttachmentLog.attachmentWithText('Grüße an den Absturz', 'note.txt'),
          crashpost.ErrorAttachmentLog.attachmentWithBinary(new Blob([new Uint8Array(3_000_000)]), 'large.bin', 'application/x-large'),
          crashpost.ErrorAttachmentLog.attachmentWithBinary(btoa('0123456789'), 'small.bin', 'application/x-small'),
        ] })`);
        await page.evaluate('crashpost.generateTestCrash()');
        const calls = [
          'shouldProcess',
          'shouldAwaitUserConfirmation',
          'getErrorAttachments',
          'onBeforeSending',
          'onSendingSucceeded',
        ].map((name) => expect.stringMatching(new RegExp(`^${name}( Test crash.*)?$`)));
        await expect.poll(() => page.evaluate('calls'), { timeout: 10_000 }).toEqual(calls);
        const [report] = await collector.arrivedInAll(1);
        expect(report).toMatchObject({ type: 'managedError', exception: { type: 'TestCrashError' } });
        expect(JSON.stringify(report?.exception.frames ?? [])).not.toContain('crashpost.extra');
        const html = async () => await reportPage(collector, report as Arrived);
        await expect.poll(html, { timeout: 10_000 }).toContain('large.bin');
        const shown = await html();
        for (const text of ['note.txt', 'Grüße an den Absturz', '2.9 MiB', 'small.bin', '10 B'])
          expect(shown).toContain(text);
      } finally {
        await browser.close();
      }
    });
  });

test('confirmation: held on disk, over a reload, until SEND; DONT_SEND deletes; ALWAYS_SEND is remembered', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/page.html`);
    const ask = 'listen({ ...all, shouldAwaitUserConfirmation: true })';
    await run(page, `await ${ask}; crash('first'); crash('second')`);
    await expect.poll(() => callsOf(page)).toHaveLength(4);
    await page.reload();
    // Nobody listens yet: it waits, too.
    await run(page, `crash('third')`);
    await page.waitForTimeout(1_000);
    expect(await collector.arrived()).toEqual([]);
    await run(page, `await ${ask}`);
    await run(page, 'await crashpost.notifyUserConfirmation(crashpost.UserConfirmation.SEND)');
    await polled(collector).toEqual(['first', 'second', 'third']);
    await run(page, `crash('unwanted')`);
    await expect.poll(() => callsOf(page)).toContain('shouldProcess unwanted');
    await run(page, 'await crashpost.notifyUserConfirmation(crashpost.UserConfirmation.DONT_SEND)');
    await run(page, `crash('fourth')`);
    await expect.poll(() => callsOf(page)).toContain('shouldProcess fourth');
    await run(page, 'await crashpost.notifyUserConfirmation(crashpost.UserConfirmation.ALWAYS_SEND)');
    await page.reload();
    await run(page, `await ${ask}; crash('fifth')`);
    await polled(collector).toEqual(['fifth', 'first', 'fourth', 'second', 'third']);
    await page.reload();
    await page.waitForTimeout(500);
    expect(await messagesOf(collector)).not.toContain('unwanted');
  });
});

test('shouldProcess deletes, onSendingFailed says why, beforeSend edits and drops', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/page.html`);
    await run(
      page,
      `crashpost.stop();
      crashpost.start({ ...OPTIONS, beforeSend: (log) => {
        if (log.exception.message === 'dropped') return null;
        // Deeper than the collector reads.
        if (log.exception.message === 'refused') for (let i = 0; i < 300; i++) log.deep = { deep: log.deep };
        return { ...log, properties: { edited: 'yes' } };
      } });
      await listen({ ...all, shouldProcess: ({ exceptionReason }) => exceptionReason !== 'unwanted' });
      for (const text of ['dropped', 'refused', 'unwanted', 'wanted']) crash(text);`.replaceAll(
        'OPTIONS',
        JSON.stringify({ appSecret: collector.secret, logUrl: collector.url }),
      ),
    );
    await expect
      .poll(async () => (await callsOf(page)).filter((call) => call.startsWith('onSending')).sort())
      .toEqual([
        expect.stringMatching(/^onSendingFailed refused collector: 200 /),
        'onSendingSucceeded wanted',
      ]);
    const arrived = await collector.arrivedInAll(1);
    expect(arrived).toMatchObject([{ exception: { message: 'wanted' }, properties: { edited: 'yes' } }]);
  });
});

test('what is called before the reporter is there, by the stub, is done when it is', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/early.html`);
    expect(await page.evaluate('answered')).toEqual([true, false, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    await polled(collector).toEqual(['with a note']);
    await run(page, 'await crashpost.notifyUserConfirmation(1)');
    await polled(collector).toEqual(['before the reporter', 'with a note']);
    const tracked = (await collector.arrived()).find(({ type }) => type === 'handledError');
    await expect.poll(() => reportPage(collector, tracked as Arrived)).toContain('note.txt');
    await run(page, `crashpost.trackError(new Error('late'))`);
    await polled(collector).toContain('late');
    const late = (await collector.arrived()).find(({ exception }) => exception.message === 'late');
    expect(late).toMatchObject({ userId: 'anna' });
    expect(late?.breadcrumbs?.map(({ text }) => text)).toContain('before the reporter');
  });
});

test('the visit before: whether it crashed, and its report', async ({ collector, profile }) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/page.html`);
    const ask = `return [
      await crashpost.hasCrashedInLastSession(),
      (await crashpost.lastSessionCrashReport())?.exceptionReason,
      await crashpost.hasReceivedMemoryWarningInLastSession(),
    ]`;
    expect(await run(page, ask)).toEqual([false, undefined, false]);
    await run(page, `crash('at last')`);
    await polled(collector).toEqual(['at last']);
    await page.reload();
    expect(await run(page, ask)).toEqual([true, 'at last', false]);
    await page.reload();
    expect(await run(page, ask)).toEqual([false, undefined, false]);
    // The crash no handler sees.
    const crashed = page.waitForEvent('crash');
    page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    const next = await page.context().newPage();
    await next.goto(`${here}/page.html`);
    expect(await run(next, ask)).toEqual([true, expect.stringContaining('crashed'), false]);
  });
});

test('setEnabled, setNetworkRequestsAllowed: persisted, and obeyed', async ({ collector, profile }) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/page.html`);
    await run(page, `await crashpost.setNetworkRequestsAllowed(false); crash('kept')`);
    await page.reload();
    await run(page, `crash('kept too')`);
    await page.waitForTimeout(500);
    expect(await collector.arrived()).toEqual([]);
    await run(page, 'await crashpost.setNetworkRequestsAllowed(true)');
    await polled(collector).toEqual(['kept', 'kept too']);
    await run(page, `await crashpost.setNetworkRequestsAllowed(false); crash('erased')`);
    await page.waitForTimeout(200);
    const id = await run(page, 'return await crashpost.getInstallId()');
    await run(page, 'await crashpost.setEnabled(false)');
    expect(
      await run(
        page,
        'return Object.keys(localStorage).filter((name) => name !== "crashpost.device").sort()',
      ),
    ).toEqual([expect.stringMatching(/^crashpost\.flags\./), expect.stringMatching(/^crashpost\.install\./)]);
    await page.reload();
    await run(page, `crashpost.trackError(new Error('off')); crash('off')`);
    expect(await run(page, 'return [await crashpost.isEnabled(), await crashpost.getInstallId()]')).toEqual([
      false,
      id,
    ]);
    await run(page, 'await crashpost.setNetworkRequestsAllowed(true)');
    await run(page, `await crashpost.setEnabled(true); crash('on')`);
    await polled(collector).toContain('on');
    // What was thrown and tracked while it was off may come late.
    await page.waitForTimeout(1_000);
    await polled(collector).toEqual(['kept', 'kept too', 'on']);
    expect(await run(page, 'return await crashpost.isEnabled()')).toBe(true);
  });
});

test('an attachment of more than 7 MiB, and what is none: said, and the report arrives without', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/page.html`);
    const said: string[] = [];
    listen(page, said);
    await run(
      page,
      `const { attachmentWithBinary, attachmentWithText } = crashpost.ErrorAttachmentLog;
      await crashpost.isEnabled();
      crashpost.trackError(new Error('x'), {}, [
        attachmentWithBinary(new Uint8Array(7 * 1024 * 1024 + 1), 'over.bin', 'a/b'),
        attachmentWithBinary(42, 'none.bin'), attachmentWithBinary('no base64!', 'text.bin'), null,
        attachmentWithText('this one', 'note.txt'),
        attachmentWithBinary(new Uint8Array(7 * 1024 * 1024), 'full.bin', 'a/b'),
      ]);`,
    );
    const [report] = await collector.arrivedInAll(1);
    await expect
      .poll(() => reportPage(collector, report as Arrived), { timeout: 15_000 })
      .toContain('full.bin');
    const html = await reportPage(collector, report as Arrived);
    expect(html).toContain('7.0 MiB');
    expect(html).toContain('note.txt');
    expect(html).not.toMatch(/over\.bin|none\.bin|text\.bin/);
    expect(said).toEqual([
      expect.stringMatching(/over\.bin is left out: .*7340033 bytes are more than .*7 MiB/),
      expect.stringMatching(/none\.bin is left out: .*neither text, nor bytes, nor a Blob/),
      expect.stringMatching(/text\.bin is left out: .*not base64/),
      expect.stringMatching(/attachment {2}is left out/),
    ]);
  });
});

test('bad input: one message each, nothing thrown into the page', async ({ collector, profile }) => {
  await withOrigins(collector, async ({ here }) => {
    const page = await profile.visit(`${here}/crashpost/crashpost.min.js`);
    const said: string[] = [];
    const errors: Error[] = [];
    listen(page, said);
    page.on('pageerror', (error) => errors.push(error));
    const options = JSON.stringify({ appSecret: collector.secret, logUrl: collector.url });
    await page.addScriptTag({ url: '/crashpost/crashpost.min.js' });
    await run(page, `crashpost.setUserId('anna'); crashpost.trackError(new Error('early'));`);
    await expect
      .poll(() => said)
      .toEqual([
        expect.stringMatching(/^crashpost: (setUserId|trackError) was called before start: it waits until/),
      ]);
    await run(
      page,
      `const options = ${options};
      crashpost.start({ ...options, sampelRate: 0.5, iframes: 'yes', ignore: 'x', release: '1' });
      crashpost.start(options);
      crashpost.start({ ...options, userId: 'berta' });
      await crashpost.isEnabled();
      for (let i = 0; i < 2; i++) {
        crashpost.trackError(new Error('properties ' + i), { n: 1, long: 'x'.repeat(200) });
        await crashpost.setListener({ shouldProcess: () => { throw new Error('mine'); } });
        crash('listener ' + i);
      }
      function crash(text) { setTimeout(() => { throw new Error(text); }); }`,
    );
    await polled(collector).toEqual(['early', 'listener 0', 'listener 1', 'properties 0', 'properties 1']);
    expect(said.slice(1).filter((text) => text.startsWith('crashpost'))).toEqual([
      'crashpost: there is no option sampelRate; write sampleRate',
      'crashpost: iframes cannot be "yes"; write iframes: true, or false',
      `crashpost: ignore cannot be "x"; write ignore: ['part of a message', /or a pattern/]`,
      'crashpost: there is no option release; write appVersion',
      expect.stringMatching(/^crashpost: start was called twice, .*: userId would be/),
      expect.stringMatching(/^crashpost: properties are at most 20 texts/),
      expect.stringMatching(/^crashpost: shouldProcess failed, and the report goes on/),
    ]);
    expect(errors.map(({ message }) => message)).toEqual(['listener 0', 'listener 1']);
  });
});

test('attributes of the script tag are read as what they say; others’ are left alone', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, async ({ here }) => {
    const context = await profile.open();
    const page = await context.newPage();
    const said: string[] = [];
    listen(page, said);
    await page.goto(`${here}/tag.html`);
    await expect.poll(() => said).toEqual(['crashpost: there is no option appVerison; write appVersion']);
    const names = await run(page, 'return Object.keys(localStorage)');
    expect(names).not.toContainEqual(expect.stringMatching(/^crashpost\.visit\./));
    await run(
      page,
      `const frame = document.body.appendChild(document.createElement('iframe'));
      await new Promise((resolve) => setTimeout(resolve, 200));
      frame.contentWindow.eval("setTimeout(() => { throw new Error('in a frame'); })");`,
    );
    await polled(collector).toEqual(['in a frame']);
  });
});

test('a module has the same functions; a visit is told once, and again after 20 s in the background', async ({
  collector,
  profile,
}) => {
  await withOrigins(collector, async ({ here }) => {
    const context = await profile.open();
    const page = await context.newPage();
    const sessions: { sid: string }[] = [];
    page.on('request', (request) => {
      if (!request.url().includes('/logs')) return;
      for (const log of JSON.parse(request.postData() ?? '{"logs":[]}').logs)
        if (log.type === 'startSession') sessions.push(log);
    });
    await page.clock.install({ time: new Date() });
    await page.goto(`${here}/module.html`);
    await expect.poll(() => sessions.length).toBe(1);
    expect(
      await run(
        page,
        'return [await crashpost.isEnabled(), await crashpost.setMaxStorageSize(1), await crashpost.setMaxStorageSize(1e6)]',
      ),
    ).toEqual([true, false, true]);
    await run(page, `Promise.reject(new Error('in the first'))`);
    const hide = (hidden: boolean) =>
      page.evaluate((is) => {
        Object.defineProperty(document, 'hidden', { value: is, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await polled(collector).toEqual(['in the first']);
    await hide(true);
    await page.clock.fastForward(19_000);
    await hide(false);
    await run(page, `Promise.reject(new Error('in the first, too'))`);
    await polled(collector).toHaveLength(2);
    await hide(true);
    await page.clock.fastForward(21_000);
    await hide(false);
    await expect.poll(() => sessions.length).toBe(2);
    await run(page, `Promise.reject(new Error('in the second'))`);
    await polled(collector).toHaveLength(3);
    const sids = Object.fromEntries(
      (await collector.arrived()).map((log) => [
        log.exception.message,
        (log as unknown as { sid: string }).sid,
      ]),
    );
    expect(sids).toEqual({
      'in the first': sessions[0]?.sid,
      'in the first, too': sessions[0]?.sid,
      'in the second': sessions[1]?.sid,
    });
    // Of two visits both have crashed: the site says so.
    expect(await collector.page('/apps/1/groups')).toMatch(/crash-free/i);
  });
});
