import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';

export interface Health {
  /** Whether the process does its work, or stands ready to. */
  readonly ready: boolean;
  /** Shown to whoever asks; nothing secret. */
  readonly details: object;
}

/** Answers /health/live while the process runs and /health/ready by what `health` says: 200, or 503, also when it fails. */
export function healthServer(health: () => Promise<Health>): Server {
  return createServer((request, response) => {
    if (request.url === '/health/live') return answer(response, 200, { status: 'ok' });
    if (request.url !== '/health/ready') return answer(response, 404, { status: 'unknown path' });
    health().then(
      ({ ready, details }) => answer(response, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', ...details }),
      () => answer(response, 503, { status: 'unavailable' }),
    );
  });
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
