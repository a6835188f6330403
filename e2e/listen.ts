// What tests serve, on a free port of this machine.
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { Server } from 'node:net';

export interface Served {
  readonly url: string;
  /** Ends it, and the connections that are open. */
  close(): Promise<void>;
}

/** Gives the port, on 127.0.0.1. */
export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return address.port;
}

export async function serve(listener: RequestListener): Promise<Served> {
  const server = createServer(listener);
  return {
    url: `http://127.0.0.1:${await listen(server)}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
