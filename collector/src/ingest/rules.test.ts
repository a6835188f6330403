import { describe, expect, it } from 'vitest';
import type { RefusedSample } from '../store/store.js';
import { APP, bodyOf, createFixture, handled, INSTALL, NOW, post, SECRET } from './ingest.fixture.js';
import { APP_CENTER_LIMITS, DEFAULT_LIMITS, type Limits } from './limits.js';

const DAY = 24 * 3600_000;
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const logAt = (ms: number, n = 1) => handled({ id: idOf(n), timestamp: new Date(NOW + ms).toISOString() });

function withLimits(limits: Partial<Limits>) {
  const refused: RefusedSample[] = [];
  const clock = { ticks: 0 };
  const fixture = createFixture({
    limits: { ...DEFAULT_LIMITS, ...limits },
    ticks: () => clock.ticks,
    onRefused: (appId, logs) => void refused.push(...logs.map((log) => ({ ...log, appId }))),
  });
  return { ...fixture, refused, clock };
}

describe('the limits of App Center', () => {
  it('refuse what happened too long ago or is too far ahead, alone, and tell the owner', async () => {
    const { ingest, kept, refused } = withLimits(APP_CENTER_LIMITS);
    const times = [-25 * DAY - 1, -25 * DAY, 3 * DAY, 3 * DAY + 1];
    const { status, answer } = await post(ingest, bodyOf(...times.map(logAt)));
    expect(status).toBe(200);
    expect(answer.validDiagnosticsIds).toEqual([idOf(1), idOf(2)]);
    expect(answer.throttledDiagnosticsIds).toEqual([]);
    expect(answer.faults).toEqual([
      'logs[0].timestamp: more than 25 days ago',
      'logs[3].timestamp: more than 3 days ahead',
    ]);
    expect(kept[0]?.logs.length).toBe(2);
    const sample = { appId: 7, at: NOW, installId: INSTALL, type: 'handledError' };
    expect(refused).toEqual([
      { ...sample, reason: 'TooOld', logId: idOf(0), fault: answer.faults?.[0] },
      { ...sample, reason: 'TooFarAhead', logId: idOf(3), fault: answer.faults?.[1] },
    ]);
  });

  it('throttle crashes and errors apart, by the minute and the app; attachments never', async () => {
    const { ingest, refused, clock } = withLimits({ crashesPerMinute: 2, errorsPerMinute: 1 });
    const crashes = [1, 2, 3].map((n) => handled({ type: 'managedError', id: idOf(n) }));
    const errors = [4, 5].map((n) => handled({ id: idOf(n) }));
    const attached = { type: 'errorAttachment', errorId: idOf(3), contentType: 'a', data: '' };
    const body = bodyOf(...crashes, ...errors, handled({ ...attached, id: idOf(6) }));
    const { status, answer } = await post(ingest, body);
    expect(status).toBe(200);
    expect(answer.validDiagnosticsIds).toEqual([1, 2, 4, 6].map(idOf));
    expect(answer.throttledDiagnosticsIds).toEqual([3, 5].map(idOf));
    expect(refused.map(({ reason }) => reason)).toEqual(['CrashesPerMinute', 'ErrorsPerMinute']);
    clock.ticks = 59_999;
    expect((await post(ingest, bodyOf(crashes[2]))).answer.throttledDiagnosticsIds).toEqual([idOf(3)]);
    clock.ticks = 60_000;
    expect((await post(ingest, bodyOf(crashes[2]))).answer.validDiagnosticsIds).toEqual([idOf(3)]);
  });
});

describe('a place in the minute', () => {
  const crashes = [1, 2, 3].map((n) => handled({ type: 'managedError', id: idOf(n) }));
  const limits = { ...DEFAULT_LIMITS, crashesPerMinute: 2, answerMs: 30 };
  const over = (keep: () => Promise<void>) =>
    createFixture({ limits, ticks: () => 0, store: { apps: async () => [APP], keep } });

  it.each(['failed', 'came late'])(
    'is given back when the commit %s: what comes again is kept',
    async (how) => {
      let isWell = false;
      const { ingest } = over(async () => {
        if (isWell) return;
        if (how === 'failed') throw new Error('locked');
        await new Promise(() => {});
      });
      const first = await Promise.all(crashes.slice(0, 2).map((log) => post(ingest, bodyOf(log))));
      expect(first.map(({ status }) => status)).toEqual([503, 503]);
      isWell = true;
      for (const log of crashes.slice(0, 2)) {
        const { answer } = await post(ingest, bodyOf(log));
        expect([answer.validDiagnosticsIds, answer.throttledDiagnosticsIds]).toEqual([[log.id], []]);
      }
      expect((await post(ingest, bodyOf(crashes[2]))).answer.throttledDiagnosticsIds).toEqual([idOf(3)]);
    },
  );

  it('is one for a crash that is posted over and over: the next is kept, nothing is told as refused', async () => {
    const { ingest, refused } = withLimits({ crashesPerMinute: 2 });
    for (let n = 0; n < 3; n++) {
      expect((await post(ingest, bodyOf(crashes[0]))).answer.validDiagnosticsIds).toEqual([idOf(1)]);
    }
    expect((await post(ingest, bodyOf(crashes[1]))).answer.validDiagnosticsIds).toEqual([idOf(2)]);
    expect(refused).toEqual([]);
  });
});

describe('without them', () => {
  it('a log that lacks a required field is refused where that is wished, alone', async () => {
    const { ingest, refused } = withLimits({ requiredFields: true });
    const { exception: _, ...bare } = handled();
    const wrong = handled({ userId: 7 });
    const { status, answer } = await post(ingest, bodyOf(bare, wrong));
    expect([status, answer.validDiagnosticsIds]).toEqual([200, [wrong.id]]);
    expect(refused.map(({ reason, fault }) => [reason, fault])).toEqual([
      ['MissingField', 'logs[0].exception: required object'],
    ]);
  });

  it('a report of any date is kept, and one that lacks fields', async () => {
    const { ingest, refused } = withLimits({});
    const { answer } = await post(ingest, bodyOf(logAt(-900 * DAY), { type: 'managedError' }));
    expect([answer.validDiagnosticsIds.length, refused]).toEqual([2, []]);
  });

  it('a burst of 6,000 in a minute is kept', async () => {
    const { ingest, kept } = withLimits({});
    const logs = Array.from({ length: 6001 }, (_, n) => ({ type: 'handledError', id: idOf(n) }));
    const { answer } = await post(ingest, bodyOf(...logs));
    expect(kept[0]?.logs.length).toBe(6000);
    expect(answer.throttledDiagnosticsIds).toEqual([idOf(6000)]);
  });
});

describe('an attachment', () => {
  const attached = (bytes: number) =>
    handled({
      type: 'errorAttachment',
      errorId: idOf(1),
      contentType: 'a/b',
      data: Buffer.alloc(bytes).toString('base64'),
    });

  it.each([0, 1, 2])('of 7 MiB is kept, one of a byte more refused alone (padding of %i)', async (less) => {
    const { ingest, refused } = withLimits({ attachmentBytes: 900 + less });
    const { status, answer } = await post(ingest, bodyOf(attached(900 + less), attached(901 + less)));
    expect([status, answer.validDiagnosticsIds.length]).toEqual([200, 1]);
    expect(answer.faults).toEqual([`logs[1].data: at most ${900 + less} bytes are taken, has ${901 + less}`]);
    expect(refused[0]?.reason).toBe('AttachmentTooLarge');
    expect(DEFAULT_LIMITS.attachmentBytes).toBe(7 * 1024 * 1024);
  });
});

describe('an app with a list of origins', () => {
  const origins = ['https://shop.example'];
  const shop = () => {
    const refused: RefusedSample[] = [];
    const onRefused = (_: number, logs: readonly RefusedSample[]) => void refused.push(...logs);
    let kept = 0;
    const store = { apps: async () => [{ ...APP, origins }], keep: async () => void kept++ };
    return { ...createFixture({ store, onRefused }), refused, count: () => kept };
  };
  const from = (origin?: string) => ({ headers: { 'app-secret': SECRET, ...(origin && { origin }) } });

  it('takes what comes from them, and from what is no browser', async () => {
    const { ingest, count } = shop();
    for (const origin of ['https://shop.example', 'HTTPS://Shop.Example', undefined]) {
      expect((await post(ingest, bodyOf(handled()), from(origin))).status).toBe(200);
    }
    expect(count()).toBe(3);
  });

  it.each(['https://evil.example', 'http://shop.example', 'https://shop.example:444', 'null', ''])(
    'refuses %j with 403, which the page may read, and tells the owner',
    async (origin) => {
      const { ingest, count, refused } = shop();
      const headers = { 'app-secret': SECRET, origin };
      const { status, answer, headers: answered } = await post(ingest, bodyOf(handled()), { headers });
      expect([status, answer.status]).toEqual([403, 'OriginNotAllowed']);
      expect(answered.get('access-control-allow-origin')).toBe('*');
      expect([count(), refused.map(({ reason }) => reason)]).toEqual([0, ['OriginNotAllowed']]);
    },
  );
});
