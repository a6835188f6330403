// A log as the collector keeps it, read so that whatever is missing or wrong in it does no harm.
import { type Images, toImages, toPlace } from './images.js';
import {
  asObject,
  asObjects,
  booleanField,
  field,
  isObject,
  type Json,
  parseJson,
  textField,
  wholeField,
} from './json.js';
import type { KeptException, KeptFrame, KeptLog, KeptThread } from './kept.js';
import { framesOfText } from './text-stack.js';

/**
 * Bounds of what is read, above what SDKs send: 256 frames on Android, about 512 on Apple, 16 causes. Anyone who
 * knows a web app's secret, which is public, can post 16 MB of frames.
 */
export const MAX_FRAMES = 1000;
export const MAX_CAUSES = 20;
const MAX_THREADS = 200;
/** Of a cause's message, and of its stack. Characters. */
const MAX_CAUSE_TEXT = 32 * 1024;

/** What is left to be read of the frames of all exceptions, or of all threads. */
interface Room {
  frames: number;
  /** Characters. A page shows a character nobody can see as eight. */
  text: number;
}

/** Real frames have about 80 characters. */
const newRoom = (): Room => ({ frames: 5000, text: 1024 * 1024 });

/** The log in `json`; absent when it is not a JSON object, or one of too many values. Throws nothing. */
export function parseLog(json: string): KeptLog | undefined {
  const fields = parseJson(json);
  return isObject(fields) ? toKeptLog(fields) : undefined;
}

function toKeptLog(fields: Json): KeptLog {
  const images = toImages(fields);
  const type = textField(fields, 'type', 100);
  const crashed = crashedOf(threadsIn(fields), wholeField(fields, 'errorThreadId')) ?? {};
  const own = field(fields, 'exception') ?? field(crashed, 'exception');
  const [exception, ...causes] = withCauses(asObject(own), images);
  // Native crashes have no exception: the crashed thread tells where.
  const native = !exception?.frames.length && type === 'appleError';
  return {
    type,
    fatal: booleanField(fields, 'fatal') ?? type !== 'handledError',
    exception: {
      type: exception?.type || osType(fields),
      message: exception?.message || osMessage(fields),
      stackTrace: exception?.stackTrace ?? '',
      frames: native ? toFrames(crashed, images, newRoom()) : (exception?.frames ?? []),
    },
    causes,
    device: asObject(field(fields, 'device')),
    fields,
  };
}

/** The threads of a log, the crashed one first; their frames are bounded together. */
export function threadsOf({ fields }: KeptLog): KeptThread[] {
  const images = toImages(fields);
  const threads = threadsIn(fields);
  const crashed = crashedOf(threads, wholeField(fields, 'errorThreadId'));
  const room = newRoom();
  return [...threads]
    .sort((a, b) => Number(b === crashed) - Number(a === crashed))
    .map((thread) => {
      const frames = toFrames(thread, images, room);
      const id = wholeField(thread, 'id');
      const name = textField(thread, 'name', 200);
      return { ...(id !== undefined && { id }), name, crashed: thread === crashed, frames };
    });
}

function threadsIn(fields: Json): Json[] {
  return asObjects(field(fields, 'threads'), MAX_THREADS);
}

function osType(log: Json): string {
  return textField(log, 'exceptionType', 1000) || textField(log, 'osExceptionType', 1000);
}

function osMessage(log: Json): string {
  const reason = textField(log, 'exceptionReason');
  const code = textField(log, 'osExceptionCode', 100);
  const address = textField(log, 'osExceptionAddress', 100);
  return reason || (code && address ? `${code} at ${address}` : code);
}

/** Apple's SDK names the crashed thread; custom clients leave the name out, and list it first. */
function crashedOf(threads: Json[], id: number | undefined): Json | undefined {
  const named = id === undefined ? undefined : threads.find((thread) => wholeField(thread, 'id') === id);
  return named ?? threads.find((thread) => field(thread, 'exception') !== undefined) ?? threads[0];
}

/** An exception and its causes, depth first; a loop instead of a recursion, for input nested without end. */
function withCauses(outermost: Json, images: Images): KeptException[] {
  const found: KeptException[] = [];
  const left = [outermost];
  const room = newRoom();
  for (let next = left.shift(); next && found.length <= MAX_CAUSES; next = left.shift()) {
    const max = found.length === 0 ? undefined : MAX_CAUSE_TEXT;
    const stackTrace = textField(next, 'stackTrace', max);
    const frames = toFrames(next, images, room);
    found.push({
      type: textField(next, 'type', 1000),
      message: textField(next, 'message', max),
      stackTrace,
      frames: frames.length > 0 ? frames : framesOfText(stackTrace),
    });
    left.unshift(...asObjects(field(next, 'innerExceptions'), MAX_CAUSES));
  }
  return found;
}

/** The first frames of an exception or a thread, and less room for those of the others. */
function toFrames(of: Json, images: Images, room: Room): KeptFrame[] {
  const found: KeptFrame[] = [];
  for (const frame of asObjects(field(of, 'frames'), Math.min(room.frames, MAX_FRAMES))) {
    const next = toFrame(frame, images);
    room.text -= next.className.length + next.methodName.length + next.fileName.length;
    if (room.text < 0) break;
    found.push(next);
  }
  room.frames -= found.length;
  return found;
}

function toFrame(frame: Json, images: Images): KeptFrame {
  const address = textField(frame, 'address', 40);
  const found = toPlace({ address, code: textField(frame, 'code', 500) }, images);
  const line = wholeField(frame, 'lineNumber');
  const column = wholeField(frame, 'columnNumber');
  return {
    className: textField(frame, 'className', 500),
    methodName: textField(frame, 'methodName', 500) || (found?.symbol ?? ''),
    fileName: textField(frame, 'fileName', 2048),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    address,
    ...(found && { place: found.place }),
  };
}
