// Logs that are not what they should be: the collector keeps them, so they are read too.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../store/store.js';
import { toDigest } from './digest.js';

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
