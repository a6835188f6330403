export interface Peer {
  readonly name: string;
  /** Of a file in peers/. */
  readonly entry: string;
  readonly library: string;
}

export const PEERS: readonly Peer[];
export function bundlePeer(peer: Peer): Promise<{ name: string; code: string; gzip: number }>;
