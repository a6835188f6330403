import { describe, expect, it } from 'vitest';
import { ErrorAttachmentLog } from '../crash-api.js';
import { fakePlatform } from '../platform/platform.fixture.js';
import type { Realm } from '../platform/platform.js';
import type { Entry } from '../queue/log-store.js';
import { faultsOfBody } from '../wire/index.js';
import { createAttach, MAX_ATTACHMENT } from './attachments.js';

const { attachmentWithBinary, attachmentWithText } = ErrorAttachmentLog;
const OF = '11111111-1111-4111-8111-111111111111';

/** As a browser's, with what Node has. */
class FileReader {
  result = '';
  error: unknown = null;
  onload = () => {};
  onerror = () => {};
  async readAsDataURL(blob: Blob) {
    this.result = `data:x/y;base64,${Buffer.from(await blob.arrayBuffer()).toString('base64')}`;
    this.onload();
  }
}

function setUp() {
  const entries: Entry[] = [];
  const realm = { btoa, Blob, FileReader } as unknown as Realm;
  const platform = fakePlatform({ realm });
  const device = { ...{ sdkName: 'a', sdkVersion: '1', osName: 'b', osVersion: '2' } };
  const context = {
    sid: '22222222-2222-4222-8222-222222222222',
    userId: 'anna',
    device: () => ({ ...device, locale: 'en', timeZoneOffset: 0, appVersion: '1', appBuild: '1' }),
  };
  const attach = createAttach({
    platform,
    context,
    pass: (entry) => entries.push(entry),
    isLive: () => true,
  });
  const logs = () => entries.map(({ json }) => JSON.parse(json));
  const said = () => platform.said.map((words) => words.map(String).join(' '));
  return { attach, entries, logs, said };
}

describe('an attachment', () => {
  it('of text is a log of its own, on its way before the call returns', () => {
    const { attach, logs, entries } = setUp();
    attach(OF, [attachmentWithText('Grüße 🚀', 'note.txt')]);
    expect(logs()).toMatchObject([
      {
        ...{ type: 'errorAttachment', errorId: OF, fileName: 'note.txt', contentType: 'text/plain' },
        ...{ data: Buffer.from('Grüße 🚀').toString('base64'), userId: 'anna' },
      },
    ]);
    expect(faultsOfBody({ logs: logs() })).toEqual([]);
    expect(entries[0]?.key).toContain(logs()[0].id);
  });

  it.each([
    ['an ArrayBuffer', new Uint8Array([1, 2, 3]).buffer],
    ['a part of one', new Uint8Array([0, 1, 2, 3, 4]).subarray(1, 4)],
    ['a DataView', new DataView(new Uint8Array([0, 1, 2, 3]).buffer, 1)],
    ['a Blob', new Blob([new Uint8Array([1, 2, 3])])],
    ['base64', 'AQID'],
    ['base64 in lines', 'AQ\r\nID'],
  ])('of bytes is the same from %s', async (_, data) => {
    const { attach, logs, said } = setUp();
    await attach(OF, [attachmentWithBinary(data, 'a.bin', 'image/png')]);
    expect(said()).toEqual([]);
    expect(logs()).toMatchObject([{ data: 'AQID', contentType: 'image/png', fileName: 'a.bin' }]);
  });

  it('may lack a name and a type; a Blob brings its own', async () => {
    const { attach, logs } = setUp();
    await attach(OF, [
      attachmentWithBinary('AQID', null, null),
      attachmentWithBinary(new Blob(['a'], { type: 'application/json' })),
    ]);
    expect(logs()).toMatchObject([
      { contentType: 'application/octet-stream' },
      { contentType: 'application/json' },
    ]);
    expect(logs()[0]).not.toHaveProperty('fileName');
  });

  it('of 7 MiB is taken, whole; of one byte more it is said, and left out', async () => {
    const { attach, logs, said } = setUp();
    const full = new Uint8Array(MAX_ATTACHMENT).fill(7);
    const over = new Uint8Array(MAX_ATTACHMENT + 1);
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
    await attach(OF, [
      attachmentWithBinary(full, 'full'),
      attachmentWithBinary(over, 'bytes'),
      attachmentWithBinary(new Blob([over]), 'blob'),
      attachmentWithBinary(base64(over), 'base64'),
      attachmentWithText('x'.repeat(MAX_ATTACHMENT + 1), 'text'),
      attachmentWithText('ä'.repeat(MAX_ATTACHMENT / 2 + 1), 'umlauts'),
    ]);
    expect(logs()).toHaveLength(1);
    expect(logs()[0].data).toBe(base64(full));
    expect(
      said().map((text) => /attachment (\w+) is left out: .* more than .*7 MiB/.exec(text)?.[1]),
    ).toEqual(['bytes', 'blob', 'base64', 'text', 'umlauts']);
  }, 30_000);

  it.each([[null], [undefined], [42], ['text'], [{}], [{ data: 42 }], [{ data: 'not base64!' }]])(
    'that is none, %j, is said, and the next is taken',
    async (given) => {
      const { attach, logs, said } = setUp();
      await attach(OF, [given, attachmentWithText('a')]);
      expect(logs()).toHaveLength(1);
      expect(said()).toEqual([expect.stringMatching(/^attachment .*is left out/)]);
    },
  );

  it('may come alone, without a list', async () => {
    const { attach, logs } = setUp();
    await attach(OF, attachmentWithText('a'));
    expect(logs()).toHaveLength(1);
  });
});
