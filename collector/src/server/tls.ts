// The certificate of the collector, read again when its files change: certificates live for weeks.
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import { StartError } from './start-error.js';

/** Paths of PEM files. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** Whoever renews a certificate is done within this time. Milliseconds. */
const LOOK_MS = 60_000;

/** What is in the files. Throws `StartError` when they cannot be read, or do not fit together. */
export function readTls({ cert, key }: TlsFiles): { cert: Buffer; key: Buffer } {
  const read = (file: string) => {
    try {
      return readFileSync(file);
    } catch (cause) {
      throw new StartError(`${file} cannot be read: ${reasonOf(cause)}`, { cause });
    }
  };
  const pair = { cert: read(cert), key: read(key) };
  try {
    createSecureContext(pair);
  } catch (cause) {
    const message = `${cert} and ${key} are not a certificate in PEM and its key: ${reasonOf(cause)}`;
    throw new StartError(message, { cause });
  }
  return pair;
}

/** Gives the server the certificate anew whenever it, or its key, has changed. Returns the way to stop. */
export function watchTls(
  server: Server,
  files: TlsFiles,
  { log, lookMs = LOOK_MS }: { log: (message: string, error?: unknown) => void; lookMs?: number },
): () => void {
  const renew = () => {
    try {
      server.setSecureContext(readTls(files));
      log('the certificate was read again');
    } catch (error) {
      log('the certificate has changed and cannot be used; the one before stays in use', error);
    }
  };
  // Both: whoever writes the one after the other is first met with two that do not fit. By name, not by inode: certbot
  // puts a link to another file in its place.
  const watched = [files.cert, files.key];
  for (const file of watched) watchFile(file, { interval: lookMs, persistent: false }, renew);
  return () => {
    for (const file of watched) unwatchFile(file, renew);
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
