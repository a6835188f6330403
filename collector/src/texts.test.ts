import { expect, it } from 'vitest';
import { idIn, pageOf, parseUuid, timeText } from './texts.js';

it('an id is one that a store hands out', () => {
  expect([undefined, '0', '7', '1e3', '٣', '9'.repeat(16)].map(idIn)).toEqual([
    ...[undefined, undefined, 7, undefined, undefined, undefined],
  ]);
});

it('a UUID is one in any case', () => {
  const id = '0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
  expect([id, ` ${id.toUpperCase()} `, id.slice(1), `${id}0`, '', undefined, 7].map(parseUuid)).toEqual([
    ...[id, id, undefined, undefined, undefined, undefined, undefined],
  ]);
});

it('a UUID has dashes, however it is written', () => {
  const id = '0f3c8d1e-5b7a-4c2d-9e6f-1a2b3c4d5e6f';
  const bare = id.replaceAll('-', '');
  expect([bare.toUpperCase(), `{${id}}`, `(${id})`, `{${bare}}`].map(parseUuid)).toEqual([id, id, id, id]);
  expect([bare.slice(1), `${bare}0`, `{${id}}}`, `x${bare}`].map(parseUuid)).toEqual(
    Array(4).fill(undefined),
  );
});

it('a page is the one that is named, else the first, and says whether it is the last', async () => {
  const rows = Array.from({ length: 120 }, (_, n) => n);
  const read = async ({ limit, offset }: { limit: number; offset: number }) =>
    rows.slice(offset, offset + limit);
  for (const none of [undefined, '', '0', '1e3', '-1', '9999999'])
    expect(await pageOf(none, read)).toEqual({ page: 1, rows: rows.slice(0, 50), more: true });
  expect(await pageOf('3', read)).toEqual({ page: 3, rows: rows.slice(100), more: false });
});

it('a time that no Date can be is the nearest that one can', () => {
  expect([0, 1e300, -1e300].map(timeText)).toEqual([
    '1970-01-01T00:00:00.000Z',
    '+275760-09-13T00:00:00.000Z',
    '-271821-04-20T00:00:00.000Z',
  ]);
});
