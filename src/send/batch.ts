import type { Entry } from '../queue/log-store.js';

/** Characters of one batch: compressed, it is a tenth, in a few milliseconds of the page's. */
const MAX_BATCH_CHARACTERS = 200_000;

/** The first of `entries`, as many as fit one post; one at least. */
export function toBatch(entries: readonly Entry[]): Entry[] {
  let characters = 0;
  return entries.filter(({ json }, i) => {
    characters += json.length;
    return !i || characters <= MAX_BATCH_CHARACTERS;
  });
}
