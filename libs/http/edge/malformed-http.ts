import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { edgeProblem, problemBody } from '../problem/problem.ts';

/** What the HTTP parser refuses (giant headers, Content-Length beside Transfer-Encoding …) is a 400 as well, and ends the connection. */
export function malformedHttp(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(problemBody(edgeProblem('MALFORMED_HTTP'), randomBytes(16).toString('hex')));
  const head = [
    'HTTP/1.1 400 Bad Request',
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
