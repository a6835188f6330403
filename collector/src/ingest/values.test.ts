import { describe, expect, it } from 'vitest';
import { parseLog, threadsOf } from '../digest/kept-log.js';
import { bodyOf, createFixture, handled, post } from './ingest.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';
import { createValueCount } from './values.js';

const FRAME = { className: 'a.b.C', methodName: 'm', fileName: 'C.java', lineNumber: 1 };

describe('a crash of a program that leaks threads', () => {
  it.each([
    [4_800, 40],
    [300, 256],
    [2_000, 30],
    [3_000, 40],
  ])('is kept and read: %i threads of %i frames', async (threads, frames) => {
    const all = Array.from({ length: threads }, (_, id) => ({
      id,
      name: `Thread-${id}`,
      frames: Array(frames).fill(FRAME),
    }));
    const body = bodyOf(handled({ threads: all }));
    const { ingest, kept } = createFixture();
    const { status, answer } = await post(ingest, body);
    expect([status, answer.validDiagnosticsIds]).toEqual([200, [handled().id]]);
    const [{ json = '' } = {}] = kept[0]?.logs ?? [];
    expect(json.length).toBe(body.length - '{"logs":[]}'.length);
    const log = parseLog(json);
    expect(log && threadsOf(log).length).toBeGreaterThan(0);
  });
});

describe('values', () => {
  const { values } = DEFAULT_LIMITS;
  const count = (part: string, times: number, max = values) => {
    const counted = createValueCount(max);
    const chunk = Buffer.from(part.repeat(1_000));
    for (let n = 0; n < times; n++) counted(chunk);
  };
  const sparse = '1234567,';

  it('that are dense are fewer', () => {
    for (const dense of ['0,', '{},', '[', '123456,']) {
      const perPart = dense.match(/[{[,]/g)?.length ?? 0;
      count(dense, 300 / perPart);
      expect(() => count(dense, 300 / perPart + 1), dense).toThrow('at most 300000 values');
    }
    count(sparse, 301);
  });

  it('that are not are a million, or what the limit says', () => {
    count(sparse, 1_000);
    expect(() => count(sparse, 1_001)).toThrow(`at most ${values} values`);
    expect(() => count(sparse, 3, 2_000)).toThrow('at most 2000 values');
    count(sparse, 2, 2_000);
  });
});
