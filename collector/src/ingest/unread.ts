import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { refusal } from './answers.js';
import { Refused } from './refused.js';

/** As node:http itself: https://nodejs.org/docs/latest-v20.x/api/http.html#event-clienterror */
const UNREAD: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is no HTTP: node:http does so without a body, of which nobody learns anything. */
export function refuseUnread(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const status = UNREAD[error.code ?? ''] ?? 400;
    const why = new Refused(status, 'InvalidRequest', `this is not HTTP as it should be: ${error.message}`);
    const { headers, body } = refusal(why);
    const fields = Object.entries({
      ...headers,
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    });
    const head = fields.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${body}`);
  }
  socket.destroySoon();
}
