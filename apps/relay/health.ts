import { createServer } from 'node:http';
import type { Server } from 'node:http';

export interface Health {
  /** Whether the process does its work, or stands ready to. */
  readonly ready: boolean;
  /** Shown to whoever asks; nothing secret. */
  readonly details: object;
}

/** Answers /health/live while the process runs and /health/ready by what `health` says: 200 or 503. */
export function healthServer(health: () => Health): Server {
  return createServer((request, response) => {
    const { status, body } = answer(request.url ?? '', health);
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify(body));
  });
}

function answer(url: string, health: () => Health): { status: number; body: object } {
  if (url === '/health/live') return { status: 200, body: { status: 'ok' } };
  if (url !== '/health/ready') return { status: 404, body: { status: 'unknown path' } };
  const { ready, details } = health();
  return { status: ready ? 200 : 503, body: { status: ready ? 'ok' : 'unavailable', ...details } };
}
