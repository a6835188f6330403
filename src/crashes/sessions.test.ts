import { describe, expect, it } from 'vitest';
import { fakePlatform } from '../platform/platform.fixture.js';
import { faultsOfLog } from '../wire/validate.js';
import { createSessions, SESSION_TIMEOUT } from './sessions.js';

function setUp({ hidden = false, told = true } = {}) {
  const state = { hidden };
  const platform = fakePlatform({ hidden: () => state.hidden });
  const logs: Record<string, unknown>[] = [];
  const base = { sdkName: 'a', sdkVersion: '1', osName: 'b', osVersion: '2', locale: 'en' };
  const context = {
    sid: platform.uuid(),
    userId: undefined,
    device: () => ({ ...base, timeZoneOffset: 0, appVersion: '1', appBuild: '1' }),
  };
  const sessions = createSessions({
    platform,
    context,
    told,
    pass: ({ json }) => logs.push(JSON.parse(json)),
  });
  sessions.start();
  const show = (is: boolean) => {
    state.hidden = !is;
    platform.dispatch('visibilitychange');
  };
  return { platform, context, logs, sessions, show };
}

describe('a session', () => {
  it('is begun by a page that is seen, and told once', () => {
    const { logs, context, platform } = setUp();
    platform.dispatch('visibilitychange');
    platform.dispatch('pageshow', { persisted: false });
    expect(logs).toMatchObject([{ type: 'startSession', sid: context.sid }]);
    expect(faultsOfLog(logs[0])).toEqual([]);
  });

  it('is begun by a page that was opened in the background when it is seen first', async () => {
    const { logs, context, show, platform } = setUp({ hidden: true });
    const { sid } = context;
    expect(logs).toEqual([]);
    await platform.tick(60_000);
    show(true);
    expect(logs).toMatchObject([{ sid }]);
  });

  it('is another one after twenty seconds in the background without a log, and not before', async () => {
    const { logs, context, show, platform } = setUp();
    const { sid } = context;
    show(false);
    await platform.tick(SESSION_TIMEOUT - 1);
    show(true);
    expect(context.sid).toBe(sid);
    show(false);
    await platform.tick(SESSION_TIMEOUT);
    show(true);
    expect(context.sid).not.toBe(sid);
    expect(logs.map((log) => log.sid)).toEqual([sid, context.sid]);
  });

  it('goes on where something was sent in the background', async () => {
    const { context, sessions, show, platform } = setUp();
    const { sid } = context;
    show(false);
    await platform.tick(15_000);
    sessions.touch();
    await platform.tick(15_000);
    show(true);
    expect(context.sid).toBe(sid);
  });

  it('is another one when a page comes back from the back/forward cache later', async () => {
    const { context, platform } = setUp();
    const { sid } = context;
    platform.dispatch('pagehide', { persisted: true });
    await platform.tick(SESSION_TIMEOUT);
    platform.dispatch('pageshow', { persisted: true });
    expect(context.sid).not.toBe(sid);
  });

  it('is not told where that is not wanted, and changes all the same', async () => {
    const { context, logs, show, platform } = setUp({ told: false });
    const { sid } = context;
    show(false);
    await platform.tick(SESSION_TIMEOUT);
    show(true);
    expect([logs, context.sid === sid]).toEqual([[], false]);
  });
});
