import type { Platform } from '../platform/platform.js';
import type { Breadcrumb } from '../wire/index.js';

/** What every watcher is given. */
export interface Watch {
  readonly platform: Platform;
  /** An address without what may be private. Throws where it is none. */
  readonly bare: (url: string) => string;
  /**
   * Adds a breadcrumb; none where the text is empty. A text that has to be made is made in here, so that no fault of it
   * reaches the page, and nothing it calls is kept in turn. Never throws.
   */
  readonly keep: (
    kind: string,
    text: string | (() => string),
    /** `at`: when, if not now. */
    more?: Partial<Pick<Breadcrumb, 'at' | 'status' | 'ms' | 'data'>>,
  ) => void;
}
