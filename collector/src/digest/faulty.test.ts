// Logs that are not what they should be: the collector keeps them, so they are read too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../store/store.js';
import { toDigest } from './digest.js';
import { field } from './json.js';
import { parseLog, threadsOf } from './kept-log.js';

function reportOf(log: unknown, type = 'managedError'): Report {
  const json = typeof log === 'string' ? log : JSON.stringify(log);
  return { appId: 1, id: 'r', type, installId: 'i', timestamp: 0, receivedAt: 0, json };
}

describe('a faulty log', () => {
  it.each(['', 'null', '[]', '"x"', '{"a":', '[[['])('of text %j is an unreadable report', (json) => {
    const unreadable = toDigest(reportOf(json));
    expect(unreadable).toMatchObject({ exceptionType: 'Unreadable report', location: '' });
    expect(unreadable.message).toContain('managedError');
    expect(unreadable.fingerprint).toBe(toDigest(reportOf('')).fingerprint);
  });

  it('is read as far as it goes: any JSON gives a digest', () => {
    const names = [
      'type',
      'exception',
      'frames',
      'innerExceptions',
      'threads',
      'binaries',
      'device',
      'message',
    ];
    const more = ['fileName', 'methodName', 'lineNumber', 'address', 'code', 'startAddress', 'errorThreadId'];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('0x1000', '0x1000 + 7', '', null, -2, 1e300, true, 'a.js'),
        fc.array(tie('tree')),
        fc.dictionary(fc.constantFrom(...names, ...more), tie('tree')),
      ),
    }));
    fc.assert(
      fc.property(tree, (log) => {
        expect(toDigest(reportOf(log)).fingerprint).toMatch(/^v1:/);
      }),
    );
  });

  it('of more values than anybody sends is not parsed', () => {
    const json = (count: number) => `{"type":"E","z":[${'{},'.repeat(count)}1]}`;
    expect(toDigest(reportOf(json(500_000))).exceptionType).toBe('E');
    expect(toDigest(reportOf(json(610_000)))).toMatchObject({
      exceptionType: 'Unreadable report',
      message: expect.stringContaining('or hold too much'),
    });
  });

  it('is read in bounds: frames, their texts, causes', () => {
    const frames = Array.from({ length: 2000 }, () => ({ methodName: 'x'.repeat(500), fileName: 'a.js' }));
    const exception = (causes: number): object => ({
      frames,
      message: 'm'.repeat(100_000),
      ...(causes > 0 && { innerExceptions: [exception(causes - 1)] }),
    });
    const log = parseLog(JSON.stringify({ exception: exception(30), threads: [{ frames }, { frames }] }));
    expect(log?.exception.frames).toHaveLength(1000);
    expect(log?.exception.message).toHaveLength(100_000);
    expect(log?.causes).toHaveLength(20);
    expect(log?.causes[0]?.message).toHaveLength(32 * 1024);
    const all = [log?.exception, ...(log?.causes ?? [])].flatMap((one) => one?.frames ?? []);
    expect(all.length).toBe(Math.floor((1024 * 1024) / 504));
    expect(log && threadsOf(log).map((thread) => thread.frames.length)).toEqual([1000, 1000]);
  });

  it('has five thousand frames at most, of all its causes', () => {
    const frames = Array.from({ length: 1000 }, () => ({ methodName: 'f' }));
    const innerExceptions = Array.from({ length: 10 }, () => ({ frames }));
    const log = parseLog(JSON.stringify({ exception: { frames, innerExceptions } }));
    expect(log?.causes.map((cause) => cause.frames.length)).toEqual([
      ...Array(4).fill(1000),
      ...Array(6).fill(0),
    ]);
  });

  it('is not searched for names in any case when it has thousands', () => {
    const fields = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`f${i}`, i]));
    expect(field({ TYPE: 1 }, 'type')).toBe(1);
    expect(field({ ...fields, TYPE: 1 }, 'type')).toBeUndefined();
    expect(field({ ...fields, type: 1 }, 'type')).toBe(1);
  });

  it('may nest causes without end', () => {
    const json = `${'{"type":"E","innerExceptions":['.repeat(20_000)}${']}'.repeat(20_000)}`;
    expect(toDigest(reportOf(`{"type":"managedError","exception":${json}}`)).exceptionType).toBe('E');
  });

  it('may spell its fields as .NET does, and numbers as strings', () => {
    const frames = [{ MethodName: 'Load', FileName: 'a.js', LineNumber: '3' }];
    const log = { Type: 'managedError', Exception: { Type: 'E', Message: 'm', Frames: frames } };
    expect(toDigest(reportOf(log))).toMatchObject({
      exceptionType: 'E',
      message: 'm',
      location: 'Load (a.js:3)',
    });
  });
});
