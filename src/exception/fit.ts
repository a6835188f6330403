// A log as JSON, no larger than the wire takes. What a page throws is bounded piece by piece, but sixteen exceptions of
// 24 KiB and their frames are more than one request may have.
import type { Exception } from '../wire/index.js';
import { toJson } from './json.js';
import { cut } from './read.js';

/**
 * Bytes of a whole log as JSON, before attachments: `fetch` with `keepalive`, which outlives the page, takes 64 KiB
 * (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
export const MAX_LOG = 61_440;

/** Characters kept of a message and of a raw stack, and frames, before anything has to shrink. */
export const MAX_MESSAGE = 8_192;
export const MAX_STACK_TRACE = 16_384;
/** Never less: sixteen of the longest fit, even where JSON needs six bytes for a character. */
export const MAX_TYPE = 128;
const MAX_FRAMES = 100;

/** The exceptions inside are down to a hundred characters when the outermost begins to shrink; by the last step it has as few. */
const OUTER_LAST = 128;
const LAST = OUTER_LAST * 128;

/** Bytes of UTF-8; JSON has no lone surrogates, and each half of a pair is two of its four bytes. */
const sizeOf = (json: string): number =>
  json.replace(/[\x80-\u07ff\ud800-\udfff]/g, '--').replace(/[\x80-\uffff]/g, '---').length;

function shrink(exception: Exception, scale: number, inner: number): Exception {
  const { message, stackTrace, frames, innerExceptions } = exception;
  return {
    ...exception,
    message: cut(message, MAX_MESSAGE / scale),
    stackTrace: cut(stackTrace, MAX_STACK_TRACE / scale),
    frames: frames?.slice(0, MAX_FRAMES / scale),
    innerExceptions: innerExceptions?.map((one) => shrink(one, inner, inner)),
  };
}

/**
 * JSON of `log`, of at most `MAX_LOG` bytes as UTF-8: while it is longer, texts and frames of its exceptions are halved,
 * those of the outermost last.
 */
export function toFittingJson<L extends { readonly exception: Exception }>(log: L): string {
  let json = toJson(log);
  for (let scale = 2; scale <= LAST && sizeOf(json) > MAX_LOG; scale *= 2) {
    const exception = shrink(log.exception, Math.max(scale / OUTER_LAST, 1), scale);
    json = toJson({ ...log, exception });
  }
  return json;
}
