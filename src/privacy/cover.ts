import { attempt } from '../platform/guard.js';
import type { Exception } from '../wire/index.js';
import { bare } from './address.js';
import { mask } from './mask.js';

export interface CoverOptions {
  /** False: secrets stay. A function has the last word on each text, after ours. */
  readonly mask?: false | ((text: string) => string) | undefined;
  /** Addresses stay whole. */
  readonly urls?: 'full' | undefined;
}

/** Stands for a text that the page's own `mask` could not read: it may be secret. */
export const UNREAD = '[mask failed]';

/** V8 writes type and message above the calls. No other engine does. */
const HEADER = /^.*?(?=\n *at )/s;

/** Takes out what is nobody's business, before anything is put on disk or sent. */
export interface Cover {
  /** Addresses in a text, which may be a log as JSON. */
  readonly addresses: (text: string) => string;
  /** All of a text that the page, or a person, has had a part in. */
  readonly text: (text: string) => string;
  /** The texts in an exception. */
  readonly exception: (exception: Exception) => Exception;
}

export function createCover({ mask: own, urls }: CoverOptions): Cover {
  const addresses = (text: string): string => (urls === 'full' ? text : bare(text));
  const text = (given: string): string => {
    const known = addresses(given);
    const masked = own === false ? known : mask(known);
    return own ? (attempt(() => `${own(masked)}`) ?? UNREAD) : masked;
  };
  const exception = (one: Exception): Exception => {
    const { message = '', stackTrace, innerExceptions } = one;
    const told = message && text(message);
    return {
      ...one,
      message: told,
      // The message whole, as it may have lines that look like calls; then one that the error had before.
      stackTrace: stackTrace?.replace(message, () => told).replace(HEADER, text),
      innerExceptions: innerExceptions?.map(exception),
    };
  };
  return { addresses, text, exception };
}
