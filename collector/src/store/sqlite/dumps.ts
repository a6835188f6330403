// Minidumps are kept as files, in `minidumps/<app>/<id>.dmp` below the data folder: what reads them takes files, and a
// database of megabytes each is slow to copy. A backup must take them along.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { full } from './folder.js';
import type { InFile, Minidump } from './posted.js';

/**
 * Writes the data of an attachment to its file, which is on the disk when it returns: only then is the row committed
 * that names it. A SIGKILL in between leaves a file nobody names yet: the same attachment, unpacked again, takes it
 * over. Undefined when no file can be made of it, because something is wrong with the folder: it then stays in its log,
 * as an attachment of any other kind, and holds up nobody. Throws `StoreError` `full`.
 */
export function dump(folder: string, { appId, id, json }: Minidump): InFile | undefined {
  const { data, ...log } = JSON.parse(json) as { data?: unknown };
  const file = `minidumps/${appId}/${id}.dmp`;
  const bytes = Buffer.from(String(data ?? ''), 'base64');
  try {
    writeDurably(join(folder, file), bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOSPC' || code === 'EDQUOT') throw full(folder, error);
    return undefined;
  }
  return { json: JSON.stringify(log), file, bytes: bytes.length };
}

/** How large a file of the data folder is. Bytes; undefined when it cannot be found. */
export function sizeOf(folder: string, file: string): number | undefined {
  try {
    return statSync(join(folder, file)).size;
  } catch {
    return undefined; // Gone, or something is wrong with a folder above it: for who asks it is not there.
  }
}

function writeDurably(path: string, bytes: Buffer): void {
  // Renamed when it was whole: what has the name is complete. Touched: what looks unwritten for long is removed.
  if (existsSync(path)) {
    utimesSync(path, new Date(), new Date());
    return;
  }
  const folder = dirname(path);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 })) {
    syncOf(dirname(folder));
    syncOf(dirname(dirname(folder)));
  }
  const part = `${path}.part`;
  const descriptor = openSync(part, 'w', 0o600);
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(part, path);
  syncOf(folder);
}

/** The entries of a folder are on the disk when the folder is: fsync(2). */
function syncOf(folder: string): void {
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
