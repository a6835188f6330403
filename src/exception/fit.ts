// A log as JSON, no larger than the wire takes. What a page throws is bounded piece by piece, but sixteen exceptions of
// 24 KiB and their frames are more than one request may have.
import { bytesOf } from '../platform/bytes.js';
import { toJson } from '../platform/json.js';
import type { Exception, StackFrame } from '../wire/index.js';
import { MAX_FRAMES } from './frames.js';
import { cut } from './read.js';

/**
 * Bytes of a whole log as JSON, before attachments: `fetch` with `keepalive`, which outlives the page, takes 64 KiB
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
export const MAX_LOG = 61_440;

/** Characters kept of a message and of a raw stack, before anything has to shrink. */
export const MAX_MESSAGE = 8_192;
export const MAX_STACK_TRACE = 16_384;
/** Never less: sixteen of the longest fit, even where JSON needs six bytes for a character. */
export const MAX_TYPE = 128;

/** The exceptions inside are down to a hundred characters when the outermost begins to shrink; by the last step it has as few. */
const OUTER_LAST = 128;
const LAST = OUTER_LAST * 128;

/** Only what may be too long is counted: a character has up to three bytes (a pair of surrogates, four). */
const isTooLong = (json: string): boolean =>
  json.length > MAX_LOG || (json.length * 3 > MAX_LOG && bytesOf(json) > MAX_LOG);

/** Not counted, as the last may be such a mark already. */
const cutFrames = (frames: StackFrame[], max: number): StackFrame[] =>
  frames.length > max ? [...frames.slice(0, max), { methodName: '… [frames cut]' }] : frames;

function shrink(exception: Exception, scale: number, inner: number): Exception {
  const { message, stackTrace, frames, innerExceptions } = exception;
  return {
    ...exception,
    message: cut(message, MAX_MESSAGE / scale),
    stackTrace: cut(stackTrace, MAX_STACK_TRACE / scale),
    frames: frames && cutFrames(frames, MAX_FRAMES / scale),
    innerExceptions: innerExceptions?.map((one) => shrink(one, inner, inner)),
  };
}

/**
 * JSON of `log`, of at most `MAX_LOG` bytes as UTF-8: while it is longer, texts and frames of its exceptions are halved,
 * those of the outermost last.
 */
export function toFittingJson<L extends { readonly exception: Exception }>(log: L): string {
  let json = toJson(log);
  for (let scale = 2; scale <= LAST && isTooLong(json); scale *= 2) {
    const exception = shrink(log.exception, Math.max(scale / OUTER_LAST, 1), scale);
    json = toJson({ ...log, exception });
  }
  return json;
}
