import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBody } from './parse.js';

const jsons = (text: string) => parseBody(text).logs.map(({ json }) => json);

describe('the envelope', () => {
  it.each([
    ['plain', '{"logs":[{"a":1},{"b":2}]}'],
    ['the key of the published document', '{"logs:":[{"a":1},{"b":2}]}'],
    ['PascalCase', '{"Logs":[{"a":1},{"b":2}]}'],
    ['a bare array', ' [ {"a":1} , {"b":2}\n]'],
    ['other fields around it', '{"x":{"logs":[3]},"logs":[{"a":1},{"b":2}],"y":[1,2]}'],
    ['twice: the last wins', '{"logs":[3],"logs":[{"a":1},{"b":2}]}'],
    ['trailing commas', '{"logs":[{"a":1,},{"b":2},],}'],
    ['comments', '{/* x */"logs":[{"a":1},// y\n{"b":2}]}'],
    ['an escaped key', '{"\\u006cogs":[{"a":1},{"b":2}]}'],
  ])('may be: %s', (_, text) => {
    expect(jsons(text)).toEqual(['{"a":1}', '{"b":2}']);
    expect(parseBody(text).faults).toEqual([]);
  });

  it.each([
    ['{}', 'logs: required array'],
    ['{"logs":{}}', 'logs: required array'],
    ['{"logs":[1],"logs":null}', 'logs: required array'],
    ['"text"', 'logs: required array'],
    ['12', 'logs: required array'],
    ['{"logs":[]}', 'logs: must have at least 1 item'],
    ['[]', 'logs: must have at least 1 item'],
  ])('without logs is told: %s', (text, fault) => {
    expect(parseBody(text)).toMatchObject({ logs: [], faults: [fault] });
  });

  it('keeps a log as it came: numbers beyond 2^53, spaces, double keys', () => {
    const log = '{ "id": 9223372036854775807,  "a\\"]": [1e400, "}{\\\\"], "id":1.0 }';
    expect(jsons(`{"logs": [${log}, 1.50, "a,b" ]}`)).toEqual([log, '1.50', '"a,b"']);
  });
});

describe('lenient JSON', () => {
  it('leaves a log as it came: numbers beyond 2^53, a key __proto__, commas and slashes in texts', () => {
    const log = '{ "id": 9223372036854775807, "__proto__":{"a":1}, "b\\"": ", ]//", "c": [1 , 2] }';
    expect(jsons(`{"logs": [${log},]}`)).toEqual([log]);
    expect(jsons(`[/* , ] " */${log} // , " }\n , /**/ /**/ ]//`)).toEqual([log]);
  });

  it.each(['[,]', '[1,,]', '{,}', '{"a":,}', '[,1]', '[1,]]', '["a,]', '[1]/*', '[1]/', '[1 2]', '{"a",}'])(
    'is not %s',
    (text) => expect(() => parseBody(text)).toThrow(expect.objectContaining({ httpStatus: 400 })),
  );

  /** With `noise` between all parts, and a comma after every item. */
  function loose(value: unknown, noise: string): string {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const item = ([key, of]: [string, unknown]) => {
      const name = Array.isArray(value) ? '' : `${JSON.stringify(key)}${noise}:${noise}`;
      return `${name}${loose(of, noise)}${noise},${noise}`;
    };
    const items = noise + Object.entries(value).map(item).join('');
    return Array.isArray(value) ? `[${items}]` : `{${items}}`;
  }

  it('is what is left without its comments and trailing commas', () => {
    const junk = fc.constantFrom(' ', '/**/', '/* ",]} */', '// x\n', '//\r\n', '\t', '/***/');
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.array(junk), (logs, parts) => {
        const found = jsons(loose(logs, parts.join('')));
        expect(found.map((json) => JSON.parse(json))).toEqual(JSON.parse(JSON.stringify(logs)));
      }),
    );
  });
});

describe('what is not JSON', () => {
  it.each([
    ['', 'offset 0 (line 1, column 1): value expected'],
    ['<html>', 'offset 0 (line 1, column 1): invalid symbol'],
    ['{"logs": [\n  {"a" 1}]}', 'offset 18 (line 2, column 8): colon expected'],
    ['{"logs": [{}', 'offset 12 (line 1, column 13): close bracket expected'],
    ['{"logs": []} 1', 'offset 13 (line 1, column 14): end of file expected'],
    ['{"a": "b\n"}', 'offset 6 (line 1, column 7): unexpected end of string'],
  ])('is refused with its position: %j', (text, message) => {
    expect(() => parseBody(text)).toThrow(
      expect.objectContaining({ httpStatus: 400, status: 'InvalidJson', message }),
    );
  });
});

describe('hostile bodies', () => {
  const deep = (n: number) => '['.repeat(n) + ']'.repeat(n);

  it('a million brackets are measured, not followed', () => {
    expect(parseBody(`{"logs":[${deep(1_000_000)}]}`).logs[0]?.depth).toBe(1_000_000);
    expect(parseBody(deep(1_000_000)).logs[0]?.depth).toBe(999_999);
  });

  it('a million brackets are measured with a trailing comma too, and refused when nothing closes them', () => {
    expect(parseBody(`[${deep(1_000_000)},]`).logs[0]?.depth).toBe(1_000_000);
    for (const text of ['['.repeat(1_000_000), '{"a":'.repeat(1_000_000)]) {
      expect(() => parseBody(text)).toThrow(expect.objectContaining({ httpStatus: 400 }));
    }
  });

  it('a fault is looked for in a bounded part: the cut is no fault', () => {
    const message = 'not JSON; no fault in the first 131072 characters';
    for (const text of [`[${' '.repeat(200_000)}x]`, `["${'x'.repeat(200_000)}"x]`]) {
      expect(() => parseBody(text)).toThrow(expect.objectContaining({ httpStatus: 400, message }));
    }
    expect(() => parseBody(`[x${' '.repeat(200_000)}`)).toThrow(/^offset 1 \(line 1, column 2\): /);
  });

  it('a million errors are refused at the first', () => {
    expect(() => parseBody(`[${','.repeat(1_000_000)}`)).toThrow(/^offset 1 /);
  });

  it('too many logs are refused', () => {
    expect(parseBody(`[${'1,'.repeat(9_999)}1]`).logs.length).toBe(10_000);
    expect(() => parseBody(`[${'1,'.repeat(10_000)}1]`)).toThrow(
      expect.objectContaining({ httpStatus: 413 }),
    );
  });

  it('a key named __proto__ stays a key', () => {
    expect(jsons('{"__proto__":{"logs":[1]},}')).toEqual([]);
  });
});

describe('slices', () => {
  const depthOf = (value: unknown): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

  it('are what JSON.parse sees, at the depth it has', () => {
    const spaces = fc.constantFrom(undefined, 1, '\t');
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue()),
        fc.dictionary(fc.string(), fc.jsonValue()),
        spaces,
        (logs, rest, space) => {
          const parsed = parseBody(JSON.stringify({ ...rest, logs }, null, space)).logs;
          expect(parsed.map(({ json }) => JSON.parse(json))).toEqual(JSON.parse(JSON.stringify(logs)));
          expect(parsed.map(({ depth }) => depth)).toEqual(logs.map(depthOf));
        },
      ),
    );
  });
});
