// What goes with a report, in logs of its own: the collector joins them by the report's id.

import type { ErrorAttachment } from '../crash-api.js';
import { toJson } from '../platform/json.js';
import type { Platform, Realm } from '../platform/platform.js';
import { type Entry, toEntry } from '../queue/log-store.js';
import type { ErrorAttachmentLog as AttachmentLog, Device } from '../wire/index.js';

/** As App Center's SDKs. Bytes of one attachment. */
export const MAX_ATTACHMENT = 7 * 1024 * 1024;
/** What is smaller is encoded at once, and is on disk when the call returns. Bytes. */
const AT_ONCE = 65_536;

export interface AttachmentsOptions {
  readonly platform: Platform;
  readonly context: {
    readonly sid: string;
    readonly userId: string | undefined;
    readonly device: () => Device;
  };
  /** To the disk and the wire. */
  readonly pass: (entry: Entry) => void;
  /** False when the client has ended: what was being read is kept nowhere then, what is stored may have been erased. */
  readonly isLive: () => boolean;
}

/** Bytes, or base64 that is base64 already. */
type Read = { readonly base64: string } | { readonly bytes: Uint8Array };

const tooLarge = (size: number): Error =>
  new Error(`${size} bytes are more than an attachment may have, ${MAX_ATTACHMENT} (7 MiB)`);

const check = (size: number): void => {
  if (size > MAX_ATTACHMENT) throw tooLarge(size);
};

/** @throws where it is too large, or not what can be attached */
async function read({ text, data }: ErrorAttachment): Promise<Read> {
  if (typeof text === 'string') {
    // Not encoded where its length says enough.
    check(text.length);
    const bytes = new TextEncoder().encode(text);
    check(bytes.length);
    return { bytes };
  }
  if (typeof data === 'string') {
    const base64 = data.replace(/\s/g, '');
    check(Math.floor((base64.replace(/=+$/, '').length * 3) / 4));
    if (base64.length % 4 || /[^A-Za-z0-9+/=]/.test(base64)) throw new Error('the text is not base64');
    return { base64 };
  }
  // An ArrayBuffer of an iframe is none of this window's, so not `instanceof`.
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]')
    return { bytes: new Uint8Array(data as ArrayBuffer) };
  if (ArrayBuffer.isView(data))
    return { bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
  if (typeof (data as Blob | undefined)?.arrayBuffer !== 'function')
    throw new Error('neither text, nor bytes, nor a Blob');
  const blob = data as Blob;
  check(blob.size);
  return { bytes: new Uint8Array(await blob.arrayBuffer()) };
}

const small = (realm: Realm, bytes: Uint8Array): string => {
  let text = '';
  // As arguments, so many that no engine's stack is too small for them.
  for (let i = 0; i < bytes.length; i += 8_192) text += String.fromCharCode(...bytes.subarray(i, i + 8_192));
  return realm.btoa(text);
};

/** Base64 of much, not in the page's own thread: `data:…;base64,` and then it. */
const large = ({ Blob, FileReader }: Realm, bytes: Uint8Array): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^.*?,/, ''));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes as BlobPart]));
  });

/** Puts what `attachments` holds behind the report `errorId`. Says what cannot be attached; never rejects. */
export function createAttach({ platform, context, pass, isLive }: AttachmentsOptions) {
  const { now, uuid, realm } = platform;
  const toLog = (errorId: string, data: string, given: ErrorAttachment): AttachmentLog => ({
    type: 'errorAttachment',
    timestamp: new Date(now()).toISOString(),
    sid: context.sid,
    userId: context.userId,
    device: context.device(),
    id: uuid(),
    errorId,
    contentType: `${given.contentType || typeOf(given)}`,
    ...(given.fileName && { fileName: `${given.fileName}` }),
    data,
  });
  const attachOne = async (errorId: string, given: ErrorAttachment): Promise<void> => {
    const put = (data: string) => {
      if (!isLive()) return;
      const log = toLog(errorId, data, given);
      pass(toEntry(now(), { id: log.id, handled: true }, toJson(log)));
    };
    try {
      // Text without an `await` before it: it is on disk before the next line of the page's runs.
      const { text } = given;
      if (typeof text === 'string' && text.length * 3 < AT_ONCE)
        put(small(realm, new TextEncoder().encode(text)));
      else {
        const found = await read(given);
        if ('base64' in found) put(found.base64);
        else {
          check(found.bytes.length);
          put(found.bytes.length < AT_ONCE ? small(realm, found.bytes) : await large(realm, found.bytes));
        }
      }
    } catch (error) {
      platform.say(`attachment ${given?.fileName ?? ''} is left out:`, error);
    }
  };
  return async (errorId: string, attachments: unknown): Promise<void> => {
    const list: unknown[] = Array.isArray(attachments) ? attachments : [attachments];
    for (const one of list) await attachOne(errorId, one as ErrorAttachment);
  };
}

const typeOf = ({ text, data }: ErrorAttachment): string =>
  typeof text === 'string' ? 'text/plain' : (data as Blob).type || 'application/octet-stream';
