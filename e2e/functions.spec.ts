// What App Center's functions set, and what a page gives them that it should not, in a real browser: each by what arrived.
import type { Arrived } from './collector.js';
import { listen, polled, reportPage, run, withOrigins } from './crash-page.js';
import { expect, test } from './fixtures.js';

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
