// App Center's functions that concern crashes, in real browsers, against the built files and a real collector: each by what
// arrived. The others are in functions.spec.ts.

import type { Arrived } from './collector.js';
import { callsOf, messagesOf, polled, reportPage, run, withOrigins } from './crash-page.js';
import { ENGINE_NAMES } from './engines/engine.js';
import { openEngine } from './engines/open.js';
import { expect, test } from './fixtures.js';

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
