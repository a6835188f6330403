import { describe, expect, it } from 'vitest';
import { admit } from './admit.js';
import { bodyOf, DEVICE, handled, INSTALL, NOW } from './ingest.fixture.js';
import { DEFAULT_LIMITS } from './limits.js';
import { parseBody } from './parse.js';

const SENDER = { appId: 7, installId: INSTALL, receivedAt: NOW };
const RULES = { limits: DEFAULT_LIMITS, places: { take: () => true, giveBack: () => {} } };
const admitLogs = (...logs: unknown[]) => admit(parseBody(JSON.stringify({ logs })).logs, SENDER, RULES);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/;
const REPORT = '00000000-0000-4000-8000-0000000000AA';

describe('admission', () => {
  it('names what is no log, and goes on', () => {
    const { ids, faults } = admitLogs(null, 3, [], {}, { type: '' }, { type: 7 }, handled());
    expect(ids).toEqual([handled().id]);
    expect(faults).toEqual([
      'logs[0]: must be object',
      'logs[1]: must be object',
      'logs[2]: must be object',
      'logs[3].type: required string',
      'logs[4].type: required string',
      'logs[5].type: required string',
    ]);
  });

  it('takes and forgets every other type, faults and all', () => {
    const types = ['startService', 'pushInstallation', 'customProperties', 'constructor', '__proto__', 'x'];
    const nothing = { logs: [], ids: [], throttled: [], refused: [], faults: [] };
    expect(admitLogs(...types.map((type) => ({ type })))).toEqual(nothing);
  });

  it('keeps sessions, events and pages, and gives no verdict on them', () => {
    const sid = '00000000-0000-4000-8000-0000000000BB';
    const types = ['startSession', 'event', 'page'];
    const { logs, ids } = admitLogs(...types.map((type) => ({ type, sid, name: 'n', device: DEVICE })));
    expect(ids).toEqual([]);
    expect(logs.map(({ json }) => json.length > 0)).toEqual([false, true, true]);
    expect(logs.map(({ type, sid, appVersion }) => [type, sid, appVersion])).toEqual([
      ['startSession', sid.toLowerCase(), '1.0'],
      ['event', sid.toLowerCase(), undefined],
      ['page', sid.toLowerCase(), undefined],
    ]);
  });

  it('forgets those that name no visit', () => {
    const logs = ['startSession', 'event', 'page'].flatMap((type) => [
      { type },
      { type, sid: 'none', name: 7 },
    ]);
    expect(admitLogs(...logs)).toMatchObject({ logs: [], faults: [], refused: [] });
  });

  it('keeps a log with faults, and names them by path', () => {
    const { logs, ids, faults } = admitLogs(handled({ exception: { frames: 'none' }, device: null }));
    expect(faults).toEqual([
      'logs[0].device: required object',
      'logs[0].exception.type: required string',
      'logs[0].exception.frames: must be array',
    ]);
    expect([logs.length, ids]).toEqual([1, [handled().id]]);
  });

  it('names at most fifty faults', () => {
    expect(admitLogs(...Array(200).fill(null)).faults.length).toBe(50);
  });

  it('refuses one log that is nested too deeply, alone', () => {
    const nest = (n: number): unknown => (n === 0 ? 1 : [nest(n - 1)]);
    const { ids, faults } = admitLogs(handled({ x: nest(255) }), handled({ x: nest(256), id: REPORT }));
    expect(ids).toEqual([handled().id]);
    expect(faults).toEqual(['logs[1]: nested deeper than 256']);
  });

  it('takes keys in any case at the log, and spells them as the wire does', () => {
    const properties = { Id: 'mine', MESSAGE: 'mine' };
    const { logs, faults } = admitLogs({
      Type: 'handledError',
      ID: REPORT,
      TimeStamp: '2020-01-02T03:04:05Z',
      Device: handled().device,
      Exception: { Type: 'E', Message: 'm', InnerExceptions: [{ Type: 'I' }] },
      Properties: properties,
    });
    expect(faults).toEqual([]);
    expect(logs[0]).toMatchObject({ id: REPORT.toLowerCase(), timestamp: Date.UTC(2020, 0, 2, 3, 4, 5) });
    expect(JSON.parse(logs[0]?.json ?? '')).toMatchObject({
      type: 'handledError',
      exception: { type: 'E', message: 'm', innerExceptions: [{ type: 'I' }] },
      properties,
    });
  });
});

describe('the id', () => {
  it('is stored in lower case and given back as written', () => {
    const { logs, ids } = admitLogs(handled({ id: ' ABCDEF01-0000-4000-8000-00000000000A ' }));
    expect(logs[0]?.id).toBe('abcdef01-0000-4000-8000-00000000000a');
    expect(ids).toEqual([' ABCDEF01-0000-4000-8000-00000000000A ']);
  });

  it('that is missing comes from the content: the same log again is the same log', () => {
    const { id: _, ...log } = handled();
    const [first, again, other] = [log, log, { ...log, userId: 'u' }].map((l) => admitLogs(l));
    expect(first?.logs[0]?.id).toMatch(UUID);
    expect(first?.ids).toEqual([first?.logs[0]?.id]);
    expect(first?.faults).toEqual([]);
    expect(again?.logs).toEqual(first?.logs);
    expect(other?.logs[0]?.id).not.toBe(first?.logs[0]?.id);
    const elsewhere = admit(parseBody(JSON.stringify([log])).logs, { ...SENDER, installId: REPORT }, RULES);
    expect(elsewhere.logs[0]?.id).not.toBe(first?.logs[0]?.id);
  });

  it('that is no UUID stands for itself: the same report, whatever else is in it', () => {
    const { logs, ids, faults } = admitLogs(handled({ id: 'crash-1' }));
    expect(logs[0]?.id).toMatch(UUID);
    expect([ids, faults]).toEqual([['crash-1'], ['logs[0].id: must be uuid']]);
    const later = admitLogs(handled({ id: ' crash-1', userId: 'u' }), handled({ id: 'crash-2' }));
    expect(later.logs[0]?.id).toBe(logs[0]?.id);
    expect(later.logs[1]?.id).not.toBe(logs[0]?.id);
    const ofAnother = admit(
      parseBody(bodyOf(handled({ id: 'crash-1' }))).logs,
      { ...SENDER, appId: 8 },
      RULES,
    );
    expect(ofAnother.logs[0]?.id).not.toBe(logs[0]?.id);
  });

  it('that is no UUID is another of each install, and so is what an attachment says of it', () => {
    const idsOf = (installId: string) => {
      const { logs } = admit(
        parseBody(bodyOf(handled({ id: '1' }), handled({ type: 'errorAttachment', id: 'log', errorId: '1' })))
          .logs,
        { ...SENDER, installId },
        RULES,
      );
      expect(logs[1]?.errorId).toBe(logs[0]?.id);
      return logs.map(({ id }) => id);
    };
    const [first, other] = [idsOf('a'), idsOf('b')];
    expect(idsOf('a')).toEqual(first);
    expect(new Set([...first, ...other]).size).toBe(4);
  });

  it('is the same UUID without dashes, and in braces', () => {
    const id = 'abcdef01-0000-4000-8000-00000000000a';
    const forms = [id.replaceAll('-', '').toUpperCase(), `{${id}}`];
    const { logs, ids } = admitLogs(...forms.map((form) => handled({ id: form })));
    expect(logs.map((log) => log.id)).toEqual([id, id]);
    expect(ids).toEqual(forms);
  });

  it('that is no text, or none that anybody could use, comes from the content too', () => {
    for (const id of [17, '', '  ', {}]) {
      const [first, other] = ['u', 'v'].map((userId) => admitLogs(handled({ id, userId })).logs[0]?.id);
      expect(first).toMatch(UUID);
      expect(other).not.toBe(first);
    }
    expect(admitLogs(handled({ id: 17 })).ids[0]).toMatch(UUID);
    expect(admitLogs(handled({ id: 'x'.repeat(101) })).ids[0]).toMatch(UUID);
  });

  it('of an event that is no UUID is not taken for one', () => {
    const sid = REPORT;
    const [first, second] = ['a', 'b'].map(
      (name) => admitLogs({ type: 'event', sid, id: '1', name }).logs[0],
    );
    expect(first?.id).toMatch(UUID);
    expect(second?.id).not.toBe(first?.id);
  });
});

describe('an attachment', () => {
  const attachment = handled({ type: 'errorAttachment', contentType: 'text/plain', data: 'aGk=' });

  it('belongs to the report of its errorId', () => {
    const { logs, ids, faults } = admitLogs({ ...attachment, errorId: REPORT });
    expect(logs[0]).toMatchObject({ type: 'errorAttachment', errorId: REPORT.toLowerCase() });
    expect([ids, faults]).toEqual([[handled().id], []]);
  });

  it('is a minidump by its name or its signature, when it is base64', () => {
    const of = (fileName: unknown, data: unknown) =>
      admitLogs({ ...attachment, errorId: REPORT, fileName, data }).logs[0]?.isDump;
    const signed = [0, 1, 255].map((n) => Buffer.from([...Buffer.from('MDMP'), n]).toString('base64'));
    expect(signed.map((data) => of('a.txt', data))).toEqual([true, true, true]);
    expect([of('minidump.dmp', 'aGk='), of('MiniDump.DMP', 'aGk=')]).toEqual([true, true]);
    const others: [unknown, unknown][] = [
      ['minidump.dmp', 'a%'],
      ['minidump.dmp', ''],
      ['minidump.dmp', 7],
      ['a', 'TURNTQ=='],
      [undefined, 'aGk='],
    ];
    expect(others.map(([name, data]) => of(name, data))).toEqual(others.map(() => undefined));
  });

  it('belongs to the report whatever its id is', () => {
    const bare = REPORT.replaceAll('-', '');
    for (const [id, errorId] of [
      ['crash-42', 'crash-42'],
      [REPORT, bare],
      [bare, REPORT],
      [REPORT, `{${REPORT}}`],
    ]) {
      const { logs, ids } = admitLogs(handled({ id }), { ...attachment, errorId });
      expect(logs[1]?.errorId).toBe(logs[0]?.id);
      expect(ids).toEqual([id, attachment.id]);
    }
  });

  it('that is called as that of another report is another one', () => {
    const of = (errorId: string) => admitLogs({ ...attachment, id: 'log.txt', errorId }).logs[0]?.id;
    expect(of('crash-1')).toMatch(UUID);
    expect(of('crash-1')).toBe(of('crash-1'));
    expect(of('crash-2')).not.toBe(of('crash-1'));
  });

  it('without one is refused alone', () => {
    const { ids, faults } = admitLogs(attachment, { ...attachment, errorId: ' ' }, handled());
    expect(ids).toEqual([handled().id]);
    expect(faults).toEqual(['logs[0].errorId: required uuid', 'logs[1].errorId: must be uuid']);
  });
});
