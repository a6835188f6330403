import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Options } from './api.js';
import { checkOptions, explain, nearest, RULES } from './explain.js';
import { MIN_STORAGE_SIZE, toSettings } from './options.js';

const good = { appSecret: '12345678-1234-1234-1234-123456789ABC', logUrl: 'https://c.example/prefix//' };
const complaint = (options: unknown): string => {
  try {
    const said: string[] = [];
    checkOptions(toSettings(options as Options), (text) => said.push(text));
    return said.join('\n');
  } catch (reason) {
    return String(explain({ reason, options: options as Options }));
  }
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

  it('may come as the texts of a script tag', () => {
    expect(complaint({ ...good, maxStorageSize: '30000', sampleRate: '0.5', byTag: true })).toBe('');
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
    [{ ...good, sampleRate: 2 }, 'sampleRate cannot be 2'],
    [{ ...good, sampleRate: 'all' }, 'sampleRate cannot be "all"'],
    [{ ...good, beforeSend: {} }, 'beforeSend cannot be {}'],
    [{ ...good, iframes: 'yes' }, 'iframes cannot be "yes"'],
    [{ ...good, uncleanExits: 0 }, 'uncleanExits cannot be 0'],
    [{ ...good, userId: {} }, 'userId cannot be {}'],
  ])('%j are told what is wrong, and what to write', (options, message) => {
    expect(complaint(options)).toContain(message);
    expect(complaint(options)).toMatch(
      /; write (appSecret|logUrl|ignore|mask|urls|consent|maxStorageSize|sampleRate|beforeSend|iframes|uncleanExits|userId): ['[(t]/,
    );
  });

  it('may be of a kind that JSON has not', () => {
    expect(complaint({ ...good, appSecret: 42n })).toContain('appSecret cannot be 42;');
    expect(complaint({ ...good, logUrl: Symbol('there') })).toContain('logUrl cannot be Symbol(there);');
  });

  it('that cannot be, and do no harm, hinder nothing', () => {
    for (const more of [{ ignore: 'x' }, { maxStorageSize: 'x' }, { urls: 'x' }, { sampleRate: 'x' }])
      expect(() => toSettings({ ...good, ...more } as unknown as Options)).not.toThrow();
  });

  it('have each a rule', () => {
    const api = readFileSync(new URL('./api.ts', import.meta.url), 'utf8');
    const [, body = ''] = /interface Options \{\n([\s\S]*?)\n\}/.exec(api) ?? [];
    const names = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, name]) => name);
    expect(Object.keys(RULES).sort()).toEqual(names.sort());
  });

  it.each([
    ['appsecret', 'appSecret'],
    ['breadcrumb', 'breadcrumbs'],
    ['appVerison', 'appVersion'],
    ['beforeSned', 'beforeSend'],
    ['ignoreErrors', 'ignore'],
    ['dsn', 'logUrl'],
    ['environment', undefined],
    ['turboTrack', undefined],
  ])('that are unknown are told the nearest name: %s', (name, meant) => expect(nearest(name)).toBe(meant));

  it('that are unknown are told; of a script tag, only what looks like ours', () => {
    expect(complaint({ ...good, sampleRat: 1 })).toBe('there is no option sampleRat; write sampleRate');
    expect(complaint({ ...good, environment: 'test' })).toBe('there is no option environment');
    const tag = { ...good, turboTrack: 'reload', cfasync: 'false', applVersion: '1', byTag: true };
    expect(complaint(tag)).toBe('there is no option applVersion; write appVersion');
  });

  it('of a second start are told where they would be other ones', () => {
    const settings = toSettings(good);
    const again = (options: object) => explain({ options: options as Options, settings });
    expect(again({ ...good })).toBeUndefined();
    expect(again({ ...good, logUrl: 'https://c.example/prefix', appVersion: undefined })).toBeUndefined();
    expect(again({ ...good, logUrl: 'https://other.example', debug: true })).toMatch(
      /start was called twice.*: logUrl, debug would be/,
    );
  });
});

it('the words for the least storage name the number that holds', () => {
  expect(RULES.maxStorageSize.instead).toContain(`${MIN_STORAGE_SIZE} at least`);
  expect(RULES.maxStorageSize.holds?.(MIN_STORAGE_SIZE as never)).toBe(true);
  expect(RULES.maxStorageSize.holds?.((MIN_STORAGE_SIZE - 1) as never)).toBe(false);
});
