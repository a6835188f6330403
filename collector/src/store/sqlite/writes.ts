import { createAccessWrites } from './access-writes.js';
import type { Writes } from './calls.js';
import { createKeepClock } from './clock.js';
import type { Connection } from './connection.js';
import { createKeepDigests } from './digests.js';
import { dump } from './dumps.js';
import { createInbox } from './inbox.js';
import { createMending } from './mending.js';
import { createPlaceLog } from './place.js';
import { refusedWrites } from './refused.js';
import { createRemoval } from './removal.js';
import { createKeepSecrets } from './secrets.js';
import { createRemoveFiles } from './unnamed.js';
import { createPlaceVisit } from './visits.js';

/** The writes of the Store on one connection. Statements are prepared once, here. */
export function createWrites(db: Connection, folder: string): Writes {
  const place = createPlaceLog(db, {
    placeVisit: createPlaceVisit(db),
    toFile: (minidump) => dump(folder, minidump),
  });
  return {
    ...createAccessWrites(db),
    ...createInbox(db, place),
    keepDigests: createKeepDigests(db),
    ...refusedWrites(db),
    ...createRemoval(db),
    ...createMending(db),
    ...createKeepClock(db),
    ...createKeepSecrets(db),
    removeFiles: createRemoveFiles(db, folder),
    // Writes nothing, but in a transaction as the others: it asks for the lock, and costs no fsync.
    ping: () => () => {},
  };
}
