// What the owner of an app is told of what was not taken.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { RefusedSample } from '../store/store.js';
import { APP, bodyOf, createFixture, handled, INSTALL, NOW, post, SECRET } from './ingest.fixture.js';
import type { IngestParts } from './ingest.js';
import { DEFAULT_LIMITS } from './limits.js';

function createNoted(parts: Partial<IngestParts> = {}) {
  const refused: RefusedSample[] = [];
  const onRefused = (_: number, logs: readonly RefusedSample[]) => void refused.push(...logs);
  return { ...createFixture({ ...parts, onRefused }), refused };
}

describe('the owner of an app', () => {
  it('is told of a whole post that was not taken', async () => {
    const { ingest, refused } = createNoted({ limits: { ...DEFAULT_LIMITS, rawBytes: 100 } });
    await post(ingest, '{"logs":');
    await post(ingest, ' '.repeat(101));
    await post(ingest, gzipSync('{}').subarray(0, 12), {
      headers: { 'app-secret': SECRET, 'content-encoding': 'gzip' },
    });
    expect(refused.map(({ reason }) => reason)).toEqual([
      'InvalidJson',
      'PayloadTooLarge',
      'InvalidEncoding',
    ]);
    expect(refused[0]).toMatchObject({ installId: INSTALL, fault: expect.stringContaining('offset 8') });
  });

  it.each(['{}', '{"items":[{"type":"managedError"}]}', '{"logs":null}', 'null', '"text"', '12'])(
    'is told of a post without a list of logs: %s',
    async (body) => {
      const { ingest, refused, kept } = createNoted();
      const { status, answer } = await post(ingest, body);
      // 200 all the same: App Center's SDKs erase their queue on a 4xx.
      expect([status, answer.status, answer.faults]).toEqual([200, 'Success', ['logs: required array']]);
      const sample = { reason: 'NoLogs', at: NOW, installId: INSTALL, logId: '', type: '' };
      expect([refused, kept]).toEqual([[{ ...sample, fault: 'logs: required array' }], []]);
    },
  );

  it.each([{}, { Type: 'handledError', type: undefined }])(
    'has one log that came without a list %j',
    async (as) => {
      const { ingest, refused, kept } = createNoted();
      const { answer } = await post(ingest, ` ${JSON.stringify(handled(as))}\n`);
      expect([answer.validDiagnosticsIds, answer.faults]).toEqual([[handled().id], ['logs: required array']]);
      expect(JSON.parse(kept[0]?.logs[0]?.json ?? '')).toEqual(handled());
      expect(refused).toEqual([]);
    },
  );

  it('is not told of a list without logs: nothing is lost', async () => {
    const { ingest, refused } = createNoted();
    for (const body of ['{"logs":[]}', '[]']) expect((await post(ingest, body)).status).toBe(200);
    expect(refused).toEqual([]);
  });

  it('is told of what comes while it is disabled', async () => {
    const store = { apps: async () => [{ ...APP, disabledAt: NOW }], keep: async () => {} };
    const { ingest, refused } = createNoted({ store });
    expect((await post(ingest, bodyOf(handled()))).status).toBe(403);
    const sample = { reason: 'AppDisabled', at: NOW, installId: INSTALL, logId: '', type: '' };
    expect(refused).toEqual([{ ...sample, fault: 'App-Secret: this app was disabled' }]);
  });

  it('is not told of what will be posted again', async () => {
    const keep = () => Promise.reject(new Error('full'));
    const { ingest, refused } = createNoted({ store: { apps: async () => [APP], keep } });
    expect((await post(ingest, bodyOf(handled()))).status).toBe(503);
    expect(refused).toEqual([]);
  });
});
