import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LOG_DEPTH, MAX_LOGS } from './limits.js';
import { parseBody, parseLogs } from './parse.js';
import { depthOf, type Slice } from './slices.js';
import { toText } from './text.js';
import { usualLogs } from './usual.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const usual = (text: string) => usualLogs(bytesOf(text));
const jsonOf = (slices: readonly Slice[] | undefined) => slices?.map(({ json }) => json);

/** What it says is what parsing the whole says, or nothing. */
function expectTrue(bytes: Uint8Array): boolean {
  const slices = usualLogs(bytes);
  if (!slices) return false;
  const { logs, faults } = parseBody(toText(bytes));
  expect(faults).toEqual([]);
  expect(jsonOf(slices)).toEqual(jsonOf(logs));
  expect(slices.map(({ value }) => value)).toEqual(logs.map(({ value }) => value));
  const isDeep = ({ depth }: Slice) => depth > MAX_LOG_DEPTH;
  expect(slices.map(isDeep)).toEqual(logs.map(isDeep));
  return true;
}

const text = fc.oneof(fc.string(), fc.constantFrom('},{"type":', ']}', '\\', '"', '{', 'é🙂', '\u{2028}'));
const value = fc.oneof(fc.jsonValue(), text, fc.array(fc.record({ type: text }), { maxLength: 3 }));
const log = fc
  .tuple(fc.constantFrom('type', 'type', 'id', 'é', ''), fc.dictionary(text, value, { maxKeys: 4 }))
  .map(([first, rest]) => JSON.stringify({ [first]: 'managedError', ...rest }));

describe('a body as SDKs write it', () => {
  it('is its logs as they came: numbers beyond 2^53, double keys, any characters', () => {
    const logs = ['{"type":"a","n":9007199254740993}', '{"type":"a","x":1,"x":2}', '{"type":"é🙂 },{"}'];
    expect(jsonOf(usual(`{"logs":[${logs.join(',')}]}`))).toEqual(logs);
    expect(jsonOf(usual(`{"logs":[${logs[0]}]}`))).toEqual([logs[0]]);
  });

  it('is what parsing the whole makes of it, or nobody’s', () => {
    let taken = 0;
    const bodies = fc
      .array(log, { minLength: 1, maxLength: 5 })
      .map((logs) => `{"logs":[${logs.join(',')}]}`);
    fc.assert(
      fc.property(bodies, (body) => {
        if (expectTrue(bytesOf(body))) taken++;
      }),
      { numRuns: 1000, seed: 6 },
    );
    expect(taken).toBeGreaterThan(200);
  });

  it('is so also when it is spoiled anywhere', () => {
    const body = bytesOf('{"logs":[{"type":"a","b":[{"type":"c"}]},{"type":"é","f":1.50},{"type":"g"}]}');
    const places = fc.tuple(
      fc.nat(body.length - 1),
      fc.nat(body.length),
      fc.constantFrom(...'{}[],:"\\ 1tx\u{ff}'),
    );
    fc.assert(
      fc.property(places, fc.boolean(), ([at, cut, by], isCut) => {
        const spoiled = Uint8Array.from(body);
        spoiled[at] = by.charCodeAt(0);
        const sent = isCut ? spoiled.subarray(0, cut) : spoiled;
        if (!usualLogs(sent)) return;
        expectTrue(sent);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['blanks', '{"logs": [{"type":"a"}]}'],
    ['another order', '{"logs":[{"type":"a"},{"id":1,"type":"b"}]}'],
    ['the same key within', '{"logs":[{"type":"a","in":[{"type":"b"},{"type":"c"}]}]}'],
    ['more fields', '{"logs":[{"type":"a"}],"x":[]}'],
    ['two lists', '{"logs":[{"type":"a"}],"logs":[{"type":"b"}]}'],
    ['no logs', '{"logs":[]}'],
    ['a number among them', '{"logs":[{"type":"a"},7]}'],
    ['a trailing comma', '{"logs":[{"type":"a"},]}'],
    ['a BOM', '\u{feff}{"logs":[{"type":"a"}]}'],
  ])('is read as before where it has %s', (_, body) => {
    expect(usual(body)).toBeUndefined();
    expect(parseLogs(bytesOf(body))).toEqual(parseBody(toText(bytesOf(body))));
  });

  it('is measured as deep as it is where that matters', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
    for (const depth of [2, MAX_LOG_DEPTH, MAX_LOG_DEPTH + 1, 5000])
      expect(usual(`{"logs":[${nested(depth)}]}`)).toMatchObject([
        { depth: Math.min(depth, depthOf(nested(depth))) },
      ]);
    const flat = `{"a":[${'{},'.repeat(1000)}{}]}`;
    expect(usual(`{"logs":[${flat}]}`)).toMatchObject([{ depth: 3 }]);
  });

  it('of too many logs is refused as any other', () => {
    const logs = Array(MAX_LOGS + 1).fill('{"type":""}');
    expect(usual(`{"logs":[${logs.slice(1)}]}`)?.length).toBe(MAX_LOGS);
    expect(() => parseLogs(bytesOf(`{"logs":[${logs}]}`))).toThrow(`at most ${MAX_LOGS} logs`);
  });

  it('may have bytes that are no UTF-8: they are replaced as in the whole', () => {
    const body = Buffer.from('{"logs":[{"type":"a\u{ff}\u{e2}"},{"type":"\u{c3}"}]}', 'latin1');
    expect(expectTrue(body)).toBe(true);
    expect(jsonOf(usualLogs(body))?.[1]).toBe('{"type":"\u{fffd}"}');
  });
});
