import { describe, expect, it } from 'vitest';
import type { OutgoingLog } from '../api.js';
import { flagsName } from '../log/kept.js';
import { fakePlatform, settled } from '../platform/platform.fixture.js';
import { CONSENT_NAME, YES } from '../privacy/consent.js';
import { openDatabase } from '../queue/idb.js';
import { keepEarlier, keepFlags } from './flags.js';
import { createBrowser, SECRET } from './room.fixture.js';

describe('setUserId', () => {
  it('holds from the next report on, in the same task', async () => {
    const { visit, logs } = createBrowser();
    const { room, track } = await visit({ userId: 'anna' });
    track(new Error('1'));
    room.setUserId('berta');
    track(new Error('2'));
    room.setUserId(null);
    track(new Error('3'));
    room.setUserId('x'.repeat(300));
    track(new Error('4'));
    await settled();
    expect(logs.map(({ userId }) => userId)).toEqual(['anna', 'berta', undefined, 'x'.repeat(256)]);
  });
});

describe('addBreadcrumb', () => {
  it('is carried by the next report, in the same task, and masked', async () => {
    const { visit, logs } = createBrowser();
    const { room, track } = await visit();
    room.addBreadcrumb('cart of anna@shop.example', { items: '3' });
    track(new Error('x'));
    await settled();
    expect(logs[0]?.breadcrumbs).toContainEqual({
      ...{ at: expect.any(Number), kind: 'app', text: 'cart of ***', data: { items: '3' } },
    });
  });

  it('takes whatever it is given', async () => {
    const { visit, logs } = createBrowser();
    const { room, track } = await visit();
    await room.addBreadcrumb(42 as unknown as string, null as unknown as object);
    await room.addBreadcrumb('b', { o: Object.create(null), n: 1 });
    track(new Error('x'));
    await settled();
    const [log] = logs;
    const own = (log?.breadcrumbs as object[] | undefined)?.slice(1);
    expect(own).toMatchObject([{ text: '42' }, { text: 'b', data: { n: '1' } }]);
  });
});

describe('setNetworkRequestsAllowed', () => {
  it('false keeps and sends nothing, at the next visit neither; true sends what there is', async () => {
    const { visit, messages } = createBrowser();
    const first = await visit();
    await first.room.setNetworkRequestsAllowed(false);
    first.track(new Error('1'));
    await first.wait();
    await first.leave();
    const second = await visit();
    second.track(new Error('2'));
    await second.wait();
    expect(messages()).toEqual([]);
    await second.room.setNetworkRequestsAllowed(true);
    await second.wait();
    expect(messages().sort()).toEqual(['1', '2']);
  });
});

describe('setEnabled', () => {
  it('false ends all reporting and erases what is queued, at the next visit too; true begins again', async () => {
    const { visit, messages, network, local, indexedDB } = createBrowser();
    network.isDown = true;
    const first = await visit();
    first.track(new Error('queued'));
    await settled();
    expect(await first.room.isEnabled()).toBe(true);
    await first.room.setEnabled(false);
    expect(await first.room.isEnabled()).toBe(false);
    first.throwIn('while it is off');
    network.isDown = false;
    await settled();
    expect(Object.keys(local).sort()).toEqual([flagsName(SECRET), `crashpost.install.${SECRET}`]);
    expect(await indexedDB.databases()).toEqual([]);
    const second = await visit();
    second.throwIn('at the next visit');
    expect(await second.room.isEnabled()).toBe(false);
    expect(await second.room.getInstallId()).toBe(local.getItem(`crashpost.install.${SECRET}`));
    expect(await second.room.hasCrashedInLastSession()).toBe(false);
    await second.room.setEnabled(true);
    await settled();
    second.throwIn('on again');
    await settled();
    expect(messages()).toEqual(['on again']);
    expect(Object.keys(local)).not.toContain(flagsName(SECRET));
  });

  it('false in another tab ends it here', async () => {
    const { visit, messages } = createBrowser();
    const { platform, throwIn } = await visit();
    platform.dispatch('storage', { key: flagsName(SECRET), newValue: '{"always":true}' });
    throwIn('1');
    platform.dispatch('storage', { key: flagsName(SECRET), newValue: '{"off":true}' });
    throwIn('2');
    await settled();
    expect(messages()).toEqual(['1']);
  });
});

describe('what was said before consent', () => {
  it('is not stored before the yes, but for a no, and then is', async () => {
    const { visit, local } = createBrowser();
    const { room, leave, settings } = await visit({ consent: 'ask' });
    await leave();
    for (const name of Object.keys(local)) local.removeItem(name);
    await room.setNetworkRequestsAllowed(false);
    expect(Object.keys(local)).toEqual([]);
    await room.setEnabled(false);
    expect({ ...local }).toMatchObject({ [flagsName(SECRET)]: '{"off":true}' });
    local.setItem(CONSENT_NAME, YES);
    await room.setEnabled(true);
    await settled();
    expect(settings).toMatchObject({ quiet: true });
    expect(local.getItem(flagsName(SECRET))).toBe('{"quiet":true}');
  });

  it('is stored when the yes begins the reporter', async () => {
    const { local } = createBrowser();
    const settings = { appSecret: SECRET, consent: 'ask', quiet: true } as const;
    const platform = fakePlatform({ local });
    keepFlags(platform, settings);
    keepEarlier(platform, settings);
    expect(local.getItem(flagsName(SECRET))).toBeNull();
    local.setItem(CONSENT_NAME, YES);
    keepEarlier(platform, settings);
    expect(local.getItem(flagsName(SECRET))).toBe('{"quiet":true}');
  });
});

describe('what another tab has said', () => {
  it('holds here too, and is not undone by what is said here next', async () => {
    const { visit, messages, local } = createBrowser();
    const { room, platform, throwIn, wait } = await visit();
    local.setItem(flagsName(SECRET), '{"quiet":true}');
    platform.dispatch('storage', { key: flagsName(SECRET), newValue: '{"quiet":true}' });
    throwIn('1');
    room.setListener({ shouldAwaitUserConfirmation: () => false });
    await settled();
    expect(messages()).toEqual([]);
    expect(JSON.parse(local.getItem(flagsName(SECRET)) ?? '')).toEqual({ ask: true, quiet: true });
    platform.dispatch('storage', { key: flagsName(SECRET), newValue: null });
    await wait();
    expect(messages()).toEqual(['1']);
  });
});

describe('while it is off', () => {
  it('notes nothing for later', async () => {
    const { visit, logs } = createBrowser();
    const { room, track } = await visit();
    await room.setEnabled(false);
    room.addBreadcrumb('while it is off');
    await room.setEnabled(true);
    await settled();
    room.addBreadcrumb('on again');
    track(new Error('1'));
    await settled();
    const text = JSON.stringify(logs);
    expect(text).toContain('on again');
    expect(text).not.toContain('while it is off');
  });

  it('keeps, and sends, no attachment that was still being read', async () => {
    const { visit, logs, local } = createBrowser();
    const { room, track } = await visit();
    let read = (_: ArrayBuffer) => {};
    const arrayBuffer = () =>
      new Promise<ArrayBuffer>((resolve) => {
        read = resolve;
      });
    const id = track(new Error('1'));
    room.attach(id, [{ data: { size: 3, type: '', arrayBuffer } }], false);
    await settled();
    await room.setEnabled(false);
    read(new ArrayBuffer(3));
    await settled();
    expect(logs.map(({ type }) => type)).toEqual(['handledError']);
    expect(Object.keys(local).filter((name) => name.startsWith('crashpost.queue.'))).toEqual([]);
  });

  it('for a moment alone, what is thrown next is not erased', async () => {
    const { visit, network, messages } = createBrowser();
    const { room, throwIn, wait } = await visit();
    network.isDown = true;
    const off = room.setEnabled(false);
    await room.setEnabled(true);
    throwIn('1');
    await off;
    await settled();
    network.isDown = false;
    await wait();
    expect(messages()).toEqual(['1']);
  });
});

describe('getInstallId', () => {
  it('is the one that posts carry', async () => {
    const { visit, local } = createBrowser();
    const { room } = await visit();
    expect(await room.getInstallId()).toBe(local.getItem(`crashpost.install.${SECRET}`));
  });

  it('is none before consent, and nothing is stored for it', async () => {
    const { visit, local } = createBrowser();
    const { room, leave } = await visit({ consent: 'ask' });
    await leave();
    for (const name of Object.keys(local)) local.removeItem(name);
    expect(await room.getInstallId()).toBeUndefined();
    expect(await room.hasCrashedInLastSession()).toBe(false);
    expect(Object.keys(local)).toEqual([]);
  });
});

describe('setMaxStorageSize', () => {
  it('bounds the queue from now on; too little is told, and nothing changes', async () => {
    const { visit, network, indexedDB } = createBrowser();
    network.isDown = true;
    const { room, said, settings: own, track, wait } = await visit();
    expect(await room.setMaxStorageSize(100)).toBe(false);
    expect(await room.setMaxStorageSize('much' as unknown as number)).toBe(false);
    expect(said()).toEqual([
      expect.stringMatching(/^setMaxStorageSize\(100\): write a number of bytes, 24576 at least/),
      expect.stringMatching(/^setMaxStorageSize\(much\)/),
    ]);
    expect(own.maxStorageSize).toBe(10_485_760);
    expect(await room.setMaxStorageSize(30_000)).toBe(true);
    expect(own.maxStorageSize).toBe(30_000);
    for (let i = 0; i < 40; i++) track(new Error(`${i} ${'x'.repeat(4_000)}`));
    await wait();
    const database = await openDatabase(indexedDB, `crashpost.queue.${SECRET}`);
    const kept = await database.peek(100);
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.reduce((sum, { json }) => sum + json.length, 0)).toBeLessThan(30_000);
  });
});

describe('setLogLevel', () => {
  it('says nothing from ERROR on, and more up to INFO', async () => {
    const { visit } = createBrowser();
    const { room, platform, said } = await visit({ debug: false });
    await room.setLogLevel(6);
    await room.setMaxStorageSize(1);
    platform.say('x');
    expect(said()).toEqual([]);
    await room.setLogLevel(5);
    platform.say('y');
    expect(platform.debug).toBe(false);
    await room.setLogLevel(2);
    expect([said(), platform.debug]).toEqual([['y'], true]);
  });
});

describe('attachments', () => {
  it('follow their report also where the chunk is there, and the client has not met it yet', async () => {
    const { visit, logs } = createBrowser();
    const idle: (() => void)[] = [];
    const { track, room } = await visit({}, { idle: (run) => idle.push(run) });
    const id = track(new Error('x'));
    room.attach(id, [{ text: 'this one' }], false);
    for (const run of idle) run();
    await settled();
    expect(logs.filter(({ type }) => type === 'errorAttachment')).toMatchObject([{ errorId: id }]);
  });
});

describe('generateTestCrash', () => {
  it('is thrown in a task of its own, with no call of ours on top', async () => {
    const { visit } = createBrowser();
    const { room, platform } = await visit();
    await room.generateTestCrash();
    const thrown = await platform.tick(0).catch((error: Error) => error);
    expect(thrown).toMatchObject({ name: 'TestCrashError', message: expect.stringMatching(/^Test crash/) });
  });
});

describe('beforeSend', () => {
  const of = async (beforeSend: unknown) => {
    const browser = createBrowser();
    const visit = await browser.visit({ beforeSend: beforeSend as (log: OutgoingLog) => OutgoingLog });
    const id = visit.track(new Error('told'), { step: 'a' });
    visit.throwIn('thrown');
    await settled();
    return { ...browser, ...visit, id };
  };

  it('edits a copy of each report', async () => {
    const { logs, id } = await of((log: OutgoingLog) => {
      delete log.properties;
      log.exception.message += '!';
      return log;
    });
    expect(logs).toMatchObject([
      { id, exception: { message: 'told!' } },
      { type: 'managedError', exception: { message: 'thrown!' } },
    ]);
    expect(logs[0]).not.toHaveProperty('properties');
  });

  it('cannot change the id, which attachments name; all else it can', async () => {
    const { logs, id } = await of((log: OutgoingLog) =>
      Object.freeze({ ...log, id: 'mine', type: 'handledError' }),
    );
    expect(logs).toMatchObject([{ id }, { type: 'handledError', exception: { message: 'thrown' } }]);
    expect(logs[1]?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('that is async, and rejects, brings about no error in the page', async () => {
    const rejected: unknown[] = [];
    const note = (reason: unknown) => void rejected.push(reason);
    process.on('unhandledRejection', note);
    try {
      await of(() => Promise.reject(new Error('in beforeSend')));
      // Node tells of it after the task.
      await new Promise((resolve) => setTimeout(resolve, 0));
    } finally {
      process.off('unhandledRejection', note);
    }
    expect(rejected).toEqual([]);
  });

  it('drops by null', async () => {
    const { messages } = await of((log: OutgoingLog) => (log.exception.message === 'told' ? null : log));
    expect(messages()).toEqual(['thrown']);
  });

  it.each([
    [
      'throws, half done',
      (log: OutgoingLog) => {
        log.exception.message = 'half';
        throw new Error('in beforeSend');
      },
    ],
    ['gives nothing', () => undefined],
    ['is async', async (log: OutgoingLog) => log],
    ['gives what JSON cannot hold', (log: OutgoingLog) => ({ ...log, n: 1n })],
    ['is async, and rejects', () => Promise.reject(new Error('in beforeSend'))],
    ['gives a text', () => 'a text'],
    ['is no function', {}],
  ])('keeps the report as it was where it %s, and says so once', async (_, beforeSend) => {
    const { messages, said } = await of(beforeSend);
    expect(messages()).toEqual(['told', 'thrown']);
    const told = said().filter((text) => text.startsWith('beforeSend failed'));
    expect(told).toHaveLength(1);
  });
});

describe('sampleRate', () => {
  it('0 reports nothing of this visit, and sends what an earlier one has left', async () => {
    const { visit, messages, network } = createBrowser();
    network.isDown = true;
    const first = await visit();
    first.track(new Error('before'));
    await first.leave();
    network.isDown = false;
    const second = await visit({ sampleRate: 0 });
    second.track(new Error('tracked'));
    second.throwIn('thrown');
    await second.wait();
    expect(messages()).toEqual(['before']);
  });

  it('takes part of the visits whole, and each report says which', async () => {
    const { visit, logs } = createBrowser();
    let visits = 0;
    for (let i = 0; i < 40; i++) {
      const before = logs.length;
      const { track, leave } = await visit({ sampleRate: 0.5 });
      for (const text of ['1', '2', '3']) track(new Error(text));
      await leave();
      expect([0, 3]).toContain(logs.length - before);
      visits += Number(logs.length > before);
    }
    // Fewer, or more, once in a million runs.
    expect(visits).toBeGreaterThan(4);
    expect(visits).toBeLessThan(36);
    expect(new Set(logs.map(({ properties }) => properties?.['crashpost.sampleRate']))).toEqual(
      new Set(['0.5']),
    );
  });

  it('is not told where it is 1', async () => {
    const { visit, logs } = createBrowser();
    const { track } = await visit();
    track(new Error('x'));
    await settled();
    expect(logs[0]).not.toHaveProperty('properties');
  });
});

describe('properties', () => {
  it.each([
    ['too many', Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`p${i}`, 'a']))],
    ['too long', { a: 'x'.repeat(126) }],
    ['no texts', { a: 1 }],
  ])('that are %s are told once, and cut', async (_, properties) => {
    const { visit, logs } = createBrowser();
    const { track, said } = await visit();
    for (let i = 0; i < 3; i++) track(new Error(`${i}`), properties);
    await settled();
    expect(said()).toEqual([expect.stringMatching(/^properties are at most 20 texts of 125 characters/)]);
    expect(logs).toHaveLength(3);
  });

  it('that fit are not mentioned', async () => {
    const { visit } = createBrowser();
    const { track, said } = await visit();
    track(new Error('x'), { a: 'x'.repeat(125) });
    track(new Error('x'), undefined);
    expect(said()).toEqual([]);
  });
});
