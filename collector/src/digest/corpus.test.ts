// Every body of the App Center corpus, which lies beside the repository and not in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import type { Report } from '../store/store.js';
import { toDigest } from './digest.js';

type Log = Record<string, unknown> & { type: string };

const corpus = new URL('../../../../shared/corpus/appcenter/', import.meta.url);
const folders = ['docs-json/', 'exponea/', 'derived-appleError/'];

/** Lenient as ingestion is: the samples have trailing commas, and name their list `logs:`. */
function logsOf(file: URL): Log[] {
  const body = parse(readFileSync(file, 'utf8'), [], { allowTrailingComma: true });
  return (body.logs ?? body['logs:'] ?? []).filter((log: Log) =>
    /^(managed|handled|apple)Error$/.test(log.type),
  );
}

function digestOf(log: Log) {
  const at = { timestamp: 0, receivedAt: 0, installId: 'i', appId: 1, id: 'r' };
  return toDigest({ ...at, type: log.type, json: JSON.stringify(log) } satisfies Report);
}

/** The same crash in the next launch: the system has put every image at another address. */
function moved(log: Log, by: bigint): Log {
  const shift = (hex: string) => `0x${(BigInt(hex) + by).toString(16)}`;
  const text = JSON.stringify(log, (key, value) => {
    if (/^(address|startAddress|endAddress)$/.test(key)) return shift(value);
    if (key === 'code')
      return String(value).replace(/^0x[0-9a-f]+/, (base) => (BigInt(base) ? shift(base) : base));
    return value;
  });
  return JSON.parse(text);
}

describe.skipIf(!existsSync(corpus))('the corpus beside the repository', () => {
  const files = existsSync(corpus)
    ? folders.flatMap((folder) => readdirSync(new URL(folder, corpus)).map((name) => folder + name))
    : [];
  const bodies = files
    .map((name) => ({ name, logs: logsOf(new URL(name, corpus)) }))
    .filter((b) => b.logs.length);

  it('is all there', () => expect(bodies.length).toBeGreaterThanOrEqual(59));

  it.each(bodies)('$name has type, system and client', ({ logs }) => {
    for (const log of logs) {
      const digest = digestOf(log);
      expect(digest.exceptionType).not.toBe('');
      expect(digest.exceptionType).not.toBe('Unreadable report');
      expect(digest.os).not.toBe('');
      expect(digest.client).not.toBe('');
    }
  });

  it.each(bodies.filter((b) => b.name.startsWith('derived')))(
    '$name does not depend on addresses',
    ({ logs }) => {
      for (const log of logs) {
        const digest = digestOf(log);
        const again = digestOf(moved(log, 0x5000n));
        expect(again.fingerprint).toBe(digest.fingerprint);
        if (!digest.location.startsWith('0x')) expect(again.location).toBe(digest.location);
      }
    },
  );

  it.each([
    ['live_report_objc_exception', 'NSGenericException', 'CrashLibiOS + 0x76b0'],
    ['live_report_null_ptr', 'SIGSEGV', 'CrashLibiOS + 0x7c4c'],
    ['macOS_report_throw_cpp_exception', 'kaboom_exception*', 'SasquatchMacObjC + 0x2ec2'],
    ['live_report_xamarin', 'System.AggregateException', 'HockeySDKXamarinDemo.iOS + 0x'],
    ['exponea/1-managedError', 'java.lang.Exception', 'mock-class.mock-method (mock-file.kt:123)'],
    ['head-2024-03.2-appleError', 'CustomerIssue (TestIssue)', 'CrashLibiOS + 0x7884'],
  ])('%s is a %s at %s', (name, exceptionType, location) => {
    const log = bodies.find((body) => body.name.includes(name))?.logs[0];
    const digest = log && digestOf(log);
    expect(digest?.exceptionType).toBe(exceptionType);
    expect(digest?.location.startsWith(location)).toBe(true);
  });

  it('is told apart: crashes at different places are different groups', () => {
    const apple = bodies.filter((b) => b.name.startsWith('derived')).flatMap((b) => b.logs.map(digestOf));
    const places = new Set(apple.map((d) => `${d.exceptionType} ${d.location.replace(/^0x.*/, '')}`));
    expect(new Set(apple.map((d) => d.fingerprint)).size).toBe(places.size);
  });
});
