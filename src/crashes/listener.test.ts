// The listener in a client as a whole: which of its functions are called, when, and what becomes of the report.
import { describe, expect, it } from 'vitest';
import type { CrashesListener, ErrorReport } from '../api.js';
import { UserConfirmation } from '../crash-api.js';
import { settled } from '../platform/platform.fixture.js';
import { openDatabase } from '../queue/idb.js';
import { createBrowser, SECRET } from './room.fixture.js';

const { ALWAYS_SEND, DONT_SEND, SEND } = UserConfirmation;

/** A listener that writes down its calls. */
function createListener(more: CrashesListener = {}) {
  const calls: string[] = [];
  const note = (name: string) => (report: ErrorReport, reason?: string) =>
    void calls.push([name, report.exceptionReason, reason].filter(Boolean).join(' '));
  const listener: CrashesListener = {
    onBeforeSending: note('before'),
    onSendingSucceeded: note('succeeded'),
    onSendingFailed: note('failed'),
    ...more,
  };
  return { listener, calls };
}

const stored = async (browser: ReturnType<typeof createBrowser>) => {
  const database = await openDatabase(browser.indexedDB, `crashpost.queue.${SECRET}`);
  const keys = await database.use('readonly', async (store) => {
    const request = store.getAllKeys();
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    return request.result as string[];
  });
  database.close();
  return keys.filter((key) => key.includes('-fatal-'));
};

describe('a listener', () => {
  it('is called in App Center’s order, for crashes alone, and the report is posted in the same task', async () => {
    const { visit, messages } = createBrowser();
    const { room, throwIn, track } = await visit();
    const order: string[] = [];
    const { listener } = createListener();
    const names = [
      'shouldProcess',
      'shouldAwaitUserConfirmation',
      'getErrorAttachments',
      'onBeforeSending',
      'onSendingSucceeded',
    ] as const;
    const answers: Record<string, unknown> = { shouldProcess: true, getErrorAttachments: [] };
    for (const name of names)
      Object.assign(listener, {
        [name]: (report?: ErrorReport) => {
          order.push(`${name} ${report?.exceptionReason ?? ''}`.trim());
          return answers[name];
        },
      });
    room.setListener(listener);
    await settled();
    throwIn('crash');
    expect(messages()).toEqual(['crash']);
    track(new Error('handled'));
    await settled();
    expect(order).toEqual([
      'shouldProcess crash',
      'shouldAwaitUserConfirmation',
      'getErrorAttachments crash',
      'onBeforeSending crash',
      'onSendingSucceeded crash',
    ]);
  });

  it('is told of a report what App Center tells', async () => {
    const { visit } = createBrowser();
    const { room, throwIn } = await visit({ appVersion: '1.4.2' });
    const reports: ErrorReport[] = [];
    room.setListener({ onBeforeSending: (report) => void reports.push(report) });
    await settled();
    throwIn('crash of anna@shop.example');
    expect(reports[0]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      appErrorTime: '2026-11-23T10:00:00.000Z',
      appStartTime: '2026-11-23T10:00:00.000Z',
      exceptionName: 'Error',
      exceptionReason: 'crash of ***',
      exception: expect.stringContaining('Error: crash of ***'),
      device: { appVersion: '1.4.2', osName: 'Linux' },
      appProcessIdentifier: 0,
    });
  });

  it('that does not want a report has it deleted', async () => {
    const browser = createBrowser();
    const { room, throwIn } = await browser.visit();
    const { listener, calls } = createListener({
      shouldProcess: ({ exceptionReason }) => exceptionReason !== 'unwanted',
    });
    room.setListener(listener);
    throwIn('unwanted');
    throwIn('wanted');
    await settled();
    expect(browser.messages()).toEqual(['wanted']);
    expect(calls).toEqual(['before wanted', 'succeeded wanted']);
    expect(await stored(browser)).toEqual([]);
  });

  it('is told of a report that is refused, and why', async () => {
    const { visit, network } = createBrowser();
    network.refuse = ({ exception }) => exception.message === 'bad';
    const { room, throwIn } = await visit();
    const { listener, calls } = createListener();
    room.setListener(listener);
    throwIn('bad');
    throwIn('good');
    await settled();
    expect(calls.sort()).toEqual([
      'before bad',
      'before good',
      expect.stringMatching(/^failed bad collector: 200 Success too bad/),
      'succeeded good',
    ]);
  });

  it('is told nothing of a network that is down, and of each report once when it is back', async () => {
    const { visit, network } = createBrowser();
    network.isDown = true;
    const { room, throwIn, wait } = await visit();
    const { listener, calls } = createListener();
    room.setListener(listener);
    throwIn('x');
    await wait();
    expect(calls).toEqual(['before x']);
    network.isDown = false;
    await wait();
    expect(calls).toEqual(['before x', 'succeeded x']);
  });

  it('is told of what an earlier visit has left', async () => {
    const { visit, network } = createBrowser();
    network.isDown = true;
    const first = await visit();
    first.throwIn('before');
    await settled();
    await first.leave();
    network.isDown = false;
    const second = await visit();
    const { listener, calls } = createListener();
    second.room.setListener(listener);
    await second.wait();
    expect(calls).toEqual(['before before', 'succeeded before']);
  });
});

describe('a listener that asks for confirmation', () => {
  const ask = () => createListener({ shouldAwaitUserConfirmation: () => true });

  it('has crashes held on disk, not posted, until SEND', async () => {
    const browser = createBrowser();
    const { room, throwIn, track, wait } = await browser.visit();
    const { listener, calls } = ask();
    room.setListener(listener);
    await settled();
    throwIn('1');
    throwIn('2');
    track(new Error('handled'));
    await wait();
    expect(browser.messages()).toEqual(['handled']);
    expect(calls).toEqual([]);
    expect(await stored(browser)).toEqual([
      expect.stringMatching(/^held\./),
      expect.stringMatching(/^held\./),
    ]);
    await room.notifyUserConfirmation(SEND);
    await settled();
    expect(browser.messages().sort()).toEqual(['1', '2', 'handled']);
    expect(await stored(browser)).toEqual([]);
    // Only what waited: the next is asked for again.
    throwIn('3');
    await wait();
    expect(browser.messages()).not.toContain('3');
  });

  it('has them deleted by DONT_SEND', async () => {
    const browser = createBrowser();
    const { room, throwIn, wait } = await browser.visit();
    room.setListener(ask().listener);
    throwIn('1');
    await settled();
    await room.notifyUserConfirmation(DONT_SEND);
    await settled();
    expect(await stored(browser)).toEqual([]);
    await wait();
    expect(browser.messages()).toEqual([]);
  });

  it('is not asked any more after ALWAYS_SEND, at later visits neither', async () => {
    const browser = createBrowser();
    const first = await browser.visit();
    const { listener } = ask();
    first.room.setListener(listener);
    first.throwIn('1');
    await settled();
    await first.room.notifyUserConfirmation(ALWAYS_SEND);
    first.throwIn('2');
    await settled();
    expect(browser.messages().sort()).toEqual(['1', '2']);
    await first.leave();
    const second = await browser.visit();
    second.throwIn('3');
    second.room.setListener(listener);
    await settled();
    second.throwIn('4');
    await settled();
    expect(browser.messages().sort()).toEqual(['1', '2', '3', '4']);
  });

  it('finds at the next visit what nobody has answered, and what was thrown before it was set', async () => {
    const browser = createBrowser();
    const first = await browser.visit();
    first.room.setListener(ask().listener);
    first.throwIn('1');
    await settled();
    await first.leave();
    const second = await browser.visit();
    second.throwIn('2');
    await second.wait();
    expect(browser.messages()).toEqual([]);
    const { listener, calls } = ask();
    await second.room.setListener(listener);
    expect(browser.messages()).toEqual([]);
    await second.room.notifyUserConfirmation(SEND);
    await settled();
    expect(browser.messages().sort()).toEqual(['1', '2']);
    expect(calls.sort()).toEqual(['before 1', 'before 2', 'succeeded 1', 'succeeded 2']);
  });

  it('has what was held for more than 25 days given up, and that is told', async () => {
    const browser = createBrowser();
    const first = await browser.visit();
    first.room.setListener(ask().listener);
    first.throwIn('old');
    await settled();
    await first.leave();
    const second = await browser.visit();
    await second.platform.tick(26 * 86_400_000);
    await second.room.setListener(ask().listener);
    await second.room.notifyUserConfirmation(SEND);
    await settled();
    expect(await stored(browser)).toEqual([]);
    second.track(new Error('young'));
    await settled();
    expect(browser.messages()).toEqual(['young']);
    expect(browser.logs[0]?.properties).toEqual({ 'crashpost.evicted.age': '1' });
  });

  it('lets go of all when it is taken away', async () => {
    const browser = createBrowser();
    const { room, throwIn } = await browser.visit();
    room.setListener(ask().listener);
    throwIn('1');
    await settled();
    await room.setListener(null);
    throwIn('2');
    await settled();
    expect(browser.messages().sort()).toEqual(['1', '2']);
  });

  it('may ask the person, and answer, in the very call', async () => {
    const browser = createBrowser();
    const { room, throwIn } = await browser.visit();
    room.setListener({
      shouldAwaitUserConfirmation: () => {
        room.notifyUserConfirmation(DONT_SEND);
        return true;
      },
    });
    await settled();
    throwIn('1');
    await settled();
    expect(browser.messages()).toEqual([]);
    expect(await stored(browser)).toEqual([]);
  });
});

describe('what the listener is asked', () => {
  /** Answers `shouldProcess` when it is told to. */
  function createSlow() {
    const answers: ((is: boolean) => void)[] = [];
    const asked: string[] = [];
    const attached: string[] = [];
    const listener: CrashesListener = {
      shouldProcess: ({ exceptionReason }) => {
        asked.push(exceptionReason);
        return new Promise((resolve) => answers.push(resolve));
      },
      getErrorAttachments: ({ exceptionReason }) => {
        attached.push(exceptionReason);
        return [{ text: 'a note' }];
      },
    };
    return { listener, answers, asked, attached };
  }

  it('is answered once where the listener is set again meanwhile: nothing is attached twice', async () => {
    const browser = createBrowser();
    const { room, throwIn } = await browser.visit();
    const { listener, answers, asked, attached } = createSlow();
    room.setListener(listener);
    await settled();
    throwIn('1');
    await settled();
    room.setListener({ ...listener });
    room.setListener({ ...listener });
    await settled();
    expect(asked).toEqual(['1', '1']);
    for (const answer of answers) answer(true);
    await settled();
    await settled();
    expect(attached).toEqual(['1']);
    expect(browser.logs.map(({ type }) => type).sort()).toEqual(['errorAttachment', 'managedError']);
    expect(await stored(browser)).toEqual([]);
  });

  it('does not hold up what a listener taken away was asked', async () => {
    const browser = createBrowser();
    const { room, throwIn } = await browser.visit();
    const { listener, answers } = createSlow();
    room.setListener({ ...listener, shouldAwaitUserConfirmation: () => true });
    await settled();
    throwIn('1');
    await settled();
    await room.setListener(null);
    for (const answer of answers) answer(true);
    await settled();
    expect(browser.messages()).toEqual(['1']);
    expect(await stored(browser)).toEqual([]);
  });

  it('comes to nothing after the end: the report waits on disk for the next start', async () => {
    const browser = createBrowser();
    const { room, throwIn, leave } = await browser.visit();
    const { listener, answers, attached } = createSlow();
    room.setListener(listener);
    await settled();
    throwIn('1');
    await settled();
    await leave();
    for (const answer of answers) answer(true);
    await settled();
    expect(browser.messages()).toEqual([]);
    expect(attached).toEqual([]);
    expect(await stored(browser)).toEqual([expect.stringMatching(/^held\./)]);
  });
});

describe('an answer', () => {
  it.each([[undefined], [false], ['SEND'], [3]])(
    '%j is none: nothing is sent, and it is said',
    async (answer) => {
      const browser = createBrowser();
      const { room, throwIn, said } = await browser.visit();
      room.setListener({ shouldAwaitUserConfirmation: () => true });
      await settled();
      throwIn('1');
      await settled();
      await room.notifyUserConfirmation(answer as number);
      await settled();
      expect(browser.messages()).toEqual([]);
      expect(await stored(browser)).toHaveLength(1);
      expect(said()).toEqual([
        expect.stringMatching(/^notifyUserConfirmation\(.*\): write UserConfirmation/),
      ]);
    },
  );

  it('before the listener is set lets nothing out that nobody was asked about', async () => {
    const browser = createBrowser();
    const first = await browser.visit();
    first.room.setListener({ shouldAwaitUserConfirmation: () => true });
    await settled();
    await first.leave();
    const second = await browser.visit();
    await second.room.notifyUserConfirmation(DONT_SEND);
    second.throwIn('1');
    await settled();
    await second.leave();
    const third = await browser.visit();
    third.throwIn('2');
    await settled();
    expect(browser.messages()).toEqual([]);
    expect(await stored(browser)).toHaveLength(2);
  });
});

describe('a listener that fails', () => {
  const fail = () => {
    throw new Error('in the listener');
  };

  it.each([
    'shouldProcess',
    'shouldAwaitUserConfirmation',
    'getErrorAttachments',
    'onBeforeSending',
    'onSendingSucceeded',
  ])('in %s, by an error: the report goes on, and it is said once', async (name) => {
    for (const broken of [fail, async () => fail()]) {
      const { visit, messages } = createBrowser();
      const { room, throwIn, said } = await visit();
      room.setListener({ [name]: broken });
      await settled();
      throwIn('1');
      throwIn('2');
      await settled();
      await settled();
      expect(messages().sort()).toEqual(['1', '2']);
      expect(said()).toEqual([expect.stringMatching(new RegExp(`^${name} failed, and the report goes on`))]);
    }
  });

  it.each(['shouldProcess', 'shouldAwaitUserConfirmation', 'getErrorAttachments'])(
    'in %s, by not coming back: the report goes on after five seconds, and it is said once',
    async (name) => {
      const browser = createBrowser();
      const { room, throwIn, said, platform } = await browser.visit();
      room.setListener({ [name]: () => new Promise(() => {}) });
      await settled();
      throwIn('1');
      await settled();
      if (name !== 'getErrorAttachments') expect(browser.messages()).toEqual([]);
      // It is on disk all the while, or has been posted.
      expect((await stored(browser)).length + browser.messages().length).toBe(1);
      await platform.tick(5_000);
      await settled();
      expect(browser.messages()).toEqual(['1']);
      expect(said()).toEqual([expect.stringMatching(new RegExp(`^${name} has not answered within 5 s`))]);
    },
  );

  it('when it is read, at whatever: reports go on, and nothing is rejected', async () => {
    const { visit, messages } = createBrowser();
    const { room, throwIn } = await visit();
    const broken = new Proxy({}, { get: fail });
    await expect(room.setListener(broken)).resolves.toBeUndefined();
    throwIn('1');
    await settled();
    throwIn('2');
    await settled();
    expect(messages().sort()).toEqual(['1', '2']);
  });

  it.each([[42], ['listener'], [{ shouldProcess: 1 }]])(
    '%j is no listener: reports go on',
    async (listener) => {
      const { visit, messages } = createBrowser();
      const { room, throwIn } = await visit();
      room.setListener(listener as CrashesListener);
      throwIn('1');
      await settled();
      expect(messages()).toEqual(['1']);
    },
  );
});

describe('the visit before', () => {
  it('has crashed, or not, and its report can be asked for', async () => {
    const { visit } = createBrowser();
    const first = await visit();
    expect(await first.room.hasCrashedInLastSession()).toBe(false);
    expect(await first.room.lastSessionCrashReport()).toBeUndefined();
    first.throwIn('crash');
    first.track(new Error('handled'));
    await settled();
    expect(await first.room.hasCrashedInLastSession()).toBe(false);
    await first.leave();
    const second = await visit();
    expect(await second.room.hasCrashedInLastSession()).toBe(true);
    expect(await second.room.lastSessionCrashReport()).toMatchObject({ exceptionReason: 'crash' });
    expect(await second.room.hasReceivedMemoryWarningInLastSession()).toBe(false);
    await second.leave();
    const third = await visit();
    expect(await third.room.hasCrashedInLastSession()).toBe(false);
  });

  it('is this tab’s, where it has one', async () => {
    const { visit, session, local } = createBrowser();
    const first = await visit();
    first.throwIn('in this tab');
    await settled();
    const name = `crashpost.crash.${SECRET}`;
    const kept = session.getItem(name);
    expect(kept).toBe(local.getItem(name));
    // Another tab has begun a visit meanwhile.
    local.removeItem(name);
    await first.leave();
    const second = await visit();
    expect(await second.room.lastSessionCrashReport()).toMatchObject({ exceptionReason: 'in this tab' });
  });
});
