// A page that uses App Center's functions, and what its tests ask of it and of the collector.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Arrived, CollectorProcess } from './collector.js';
import { expect } from './fixtures.js';
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

export async function withOrigins(
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

export const messagesOf = async (collector: CollectorProcess) =>
  (await collector.arrived()).map(({ exception }) => exception.message).sort();
export const polled = (collector: CollectorProcess) =>
  expect.poll(() => messagesOf(collector), { timeout: 15_000 });
export const callsOf = (page: Page) =>
  page.evaluate(() => (globalThis as never as { calls: string[] }).calls);
/** What the reporter writes to the console. */
export const listen = (page: Page, said: string[]) =>
  page.on('console', (message) => {
    if (message.text().startsWith('crashpost')) said.push(message.text());
  });
/** In the page, as its own script would. */
export const run = (page: Page, script: string) => page.evaluate(`(async () => { ${script} })()`);
export const reportPage = async (collector: CollectorProcess, { id }: Arrived) =>
  collector.page(`/apps/1/reports/${id}`);
