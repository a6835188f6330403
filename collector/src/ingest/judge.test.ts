import { describe, expect, it } from 'vitest';
import { faultText } from '../wire.js';
import { handled } from './ingest.fixture.js';
import { judge } from './judge.js';

const judged = (fields: object) => {
  const json = JSON.stringify(handled({ ...fields }));
  const { faults, ...rest } = judge(json, JSON.parse(json), 'logs[0]');
  return { json, rest, faults: faults.map(faultText) };
};

describe('a log', () => {
  it('that is right stays the text it came in', () => {
    const { json, rest, faults } = judged({});
    expect([rest.json, rest.log, faults]).toEqual([json, JSON.parse(json), []]);
  });

  it('has the keys of the wire also below a right top level', () => {
    const exception = { Type: 'E', Message: 'm', InnerExceptions: [{ Type: 'I' }] };
    const properties = { Type: 'mine' };
    const { rest, faults } = judged({ exception, properties });
    expect(faults).toEqual([]);
    const right = handled({
      exception: { type: 'E', message: 'm', innerExceptions: [{ type: 'I' }] },
      properties,
    });
    expect([rest.log, JSON.parse(rest.json)]).toEqual([right, right]);
  });

  it('is spelled right in whatever case its keys are', () => {
    const { device } = handled();
    const loud = Object.fromEntries(
      Object.entries(Object(device)).map(([key, value]) => [key.toUpperCase(), value]),
    );
    expect(judged({ device: loud })).toMatchObject({ faults: [], rest: { log: { device } } });
  });

  it('keeps the faults that spelling does not mend, and its text with them', () => {
    const { json, rest, faults } = judged({ exception: { message: 'm' } });
    expect([faults, rest.json]).toEqual([['logs[0].exception.type: required string'], json]);
  });

  const id = 'ABCDEF01-0000-4000-8000-00000000000A';
  it.each([
    { sid: ` ${id}\n` },
    { id: id.replaceAll('-', '') },
    { timestamp: 'Mon, 23 Nov 2026 10:00:00 GMT' },
    { timestamp: '2026-11-23 10:00:00' },
    { type: 'errorAttachment', errorId: `{${id}}`, contentType: 'a/b', data: '' },
    { type: 'appleError', timestamp: 'Mon, 23 Nov 2026 10:00:00 GMT' },
  ])('has no fault in a field that is read all the same: %j', (fields) => {
    const { faults } = judged(fields);
    expect(faults.filter((fault) => fault.includes('must be'))).toEqual([]);
  });

  it.each([{ sid: 'none' }, { id: 'crash-1' }, { timestamp: 'yesterday' }])('has one in %j', (fields) => {
    const [name] = Object.keys(fields);
    expect(judged(fields).faults).toEqual([expect.stringMatching(`^logs.0..${name}: must be`)]);
  });
});
