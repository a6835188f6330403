import type { Realm } from '../platform/platform.js';

/** As App Center's SDKs: what is smaller is not worth it. Characters. */
const MIN_GZIP = 1_400;

/** `text` as gzip; undefined where that is not worth it, or not to be had (before Chrome 80, Firefox 113, Safari 16.4). */
export async function gzip(realm: Realm, text: string): Promise<ArrayBuffer | undefined> {
  const { Blob, CompressionStream, Response } = realm;
  if (!CompressionStream || text.length <= MIN_GZIP) return undefined;
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
}
