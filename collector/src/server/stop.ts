import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const IDLE_MS = 50;

/**
 * Returns what stops the server: it accepts nothing more, answers what is under way and hangs up, on those who take
 * longer than `closeMs` too. To be called before the server listens.
 */
export function createStop(server: Server, closeMs: number): () => Promise<void> {
  // node:http does not know a connection that has not finished its TLS handshake, but waits for it.
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    // A connection that was busy when the server closed stays open when it has become idle.
    const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS);
    const late = setTimeout(() => {
      server.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    }, closeMs);
    await closed;
    clearInterval(idle);
    clearTimeout(late);
  };
}
