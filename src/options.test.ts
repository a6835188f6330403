import { describe, expect, it } from 'vitest';
import type { Options } from './api.js';
import { explain } from './explain.js';
import { toSettings } from './options.js';

const good = { appSecret: '12345678-1234-1234-1234-123456789ABC', logUrl: 'https://c.example/prefix//' };
const complaint = (options: unknown): string => {
  try {
    toSettings(options as Options);
  } catch (reason) {
    return String(explain(reason, options as Options));
  }
  return '';
};

describe('options', () => {
  it('are completed', () => {
    expect(toSettings(good)).toEqual({
      appSecret: '12345678-1234-1234-1234-123456789abc',
      logUrl: 'https://c.example/prefix',
      ignore: [/^ResizeObserver loop/],
      appVersion: '0.0.0',
      appBuild: '1',
      maxStorageSize: 10_485_760,
    });
  });

  it('take a size that a script tag says as text', () => {
    const options = { ...good, maxStorageSize: '30000' } as unknown as Options;
    expect(toSettings(options).maxStorageSize).toBe(30_000);
  });

  it('take what builds and apps really give for a version', () => {
    const of = (appVersion: unknown) => toSettings({ ...good, appVersion } as Options).appVersion;
    expect([of(undefined), of(null), of(1.4), of('2.0')]).toEqual(['0.0.0', '0.0.0', '1.4', '2.0']);
  });

  it('may say what to mask, and how addresses are to be told', () => {
    for (const more of [
      { mask: false },
      { mask: String },
      { mask: undefined, urls: undefined },
      { urls: 'full', consent: 'ask' },
    ] as const)
      expect(toSettings({ ...good, ...more })).toMatchObject(more);
  });

  it.each([
    [undefined, 'appSecret cannot be undefined'],
    [{}, 'appSecret cannot be undefined'],
    [{ ...good, appSecret: 'secret' }, 'appSecret cannot be "secret"'],
    [{ ...good, appSecret: 42 }, 'appSecret cannot be 42'],
    [{ ...good, logUrl: undefined }, 'logUrl cannot be undefined'],
    [{ ...good, logUrl: 'c.example' }, 'logUrl cannot be "c.example"'],
    [{ ...good, logUrl: '/logs' }, 'logUrl cannot be "/logs"'],
    [{ ...good, logUrl: 'ftp://c.example' }, 'logUrl cannot be "ftp://c.example"'],
    [{ ...good, logUrl: 'httpx://c.example' }, 'logUrl cannot be'],
    [{ ...good, logUrl: 'http://' }, 'logUrl cannot be "http://"'],
    [{ ...good, ignore: 'Script error' }, 'ignore cannot be "Script error"'],
    [{ ...good, ignore: [42] }, 'ignore cannot be [42]'],
    [{ ...good, mask: true }, 'mask cannot be true'],
    [{ ...good, mask: /secret/ }, 'mask cannot be {}'],
    [{ ...good, urls: 'Full' }, 'urls cannot be "Full"'],
    [{ ...good, urls: false }, 'urls cannot be false'],
    [{ ...good, consent: true }, 'consent cannot be true'],
    [{ ...good, consent: false }, 'consent cannot be false'],
    [{ ...good, maxStorageSize: 1024 }, 'maxStorageSize cannot be 1024'],
    [{ ...good, maxStorageSize: '10 MB' }, 'maxStorageSize cannot be "10 MB"'],
    [{ ...good, maxStorageSize: Number.NaN }, 'maxStorageSize cannot be'],
  ])('%j are told what is wrong, and what to write', (options, message) => {
    expect(complaint(options)).toContain(message);
    expect(complaint(options)).toMatch(
      /; write (appSecret|logUrl|ignore|mask|urls|consent|maxStorageSize): ['[(]/,
    );
  });

  it('may be of a kind that JSON has not', () => {
    expect(complaint({ ...good, appSecret: 42n })).toContain('appSecret cannot be 42;');
    expect(complaint({ ...good, logUrl: Symbol('there') })).toContain('logUrl cannot be Symbol(there);');
  });
});
