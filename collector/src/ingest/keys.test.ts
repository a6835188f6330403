import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasStrangeKeys, withWireKeys } from './keys.js';

describe('keys in any case', () => {
  it('are spelled as the wire does, and nothing else of the text changes', () => {
    const text = `{"TYPE": "appleError", "ErrorThreadId": 18446744073709551615, "UserId": "[{,\\"Id\\": \\\\",
      "Threads": [{"ID": 9007199254740993, "Frames": []}, 1.50], "X": {"Name": 1e400},
      "Registers": {"Type": "0x1", "X": {"Id": "a"}}, "Message": "m", "Properties": [{"Name": "Type"}],
      "breadcrumbs": [{"Data": {"Message": "m"}}]}`;
    const spelled: [string, string][] = [
      ['"TYPE"', '"type"'],
      ['"ErrorThreadId"', '"errorThreadId"'],
      ['"UserId"', '"userId"'],
      ['"Threads"', '"threads"'],
      ['"ID"', '"id"'],
      ['"Frames"', '"frames"'],
      ['"Name": 1', '"name": 1'],
      ['"Registers"', '"registers"'],
      ['"Message"', '"message"'],
      ['"Properties"', '"properties"'],
      ['"Name": "T', '"name": "T'],
      ['"Data"', '"data"'],
    ];
    expect(withWireKeys(text)).toBe(spelled.reduce((all, [from, to]) => all.replace(from, to), text));
  });

  it('leave the value as it was but for the spelling, whatever it is', () => {
    const lower = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(lower);
      if (typeof value !== 'object' || value === null) return value;
      return Object.entries(value).map(([key, item]) => [key.toLowerCase(), lower(item)]);
    };
    const key = fc.constantFrom(
      'Type',
      'ID',
      'x',
      'a"b',
      'Threads',
      'Name',
      'Properties',
      'Registers',
      'Data',
    );
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.constant(null),
        tie('list'),
        tie('object'),
      ),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(key, tie('value'), { maxKeys: 5 }),
    }));
    fc.assert(
      fc.property(json.object, (object) => {
        const text = JSON.stringify(object);
        expect(lower(JSON.parse(withWireKeys(text)))).toEqual(lower(JSON.parse(text)));
      }),
    );
  });

  it('are looked for at the top level', () => {
    expect(hasStrangeKeys({ Type: 1 })).toBe(true);
    expect(hasStrangeKeys({ type: 1, device: { OSName: 1 }, own: 1 })).toBe(false);
  });
});
