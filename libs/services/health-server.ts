import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';

export interface Health {
  /** Whether the process does its work, or stands ready to. */
  readonly ready: boolean;
  /** Shown to whoever asks; nothing secret. */
  readonly details: object;
}

/**
 * Listens for /health/live, 200 while the process runs, and /health/ready, by what `health` says: 200, or 503, also when
 * it fails.
 */
export async function listenForHealth(
  { healthHost, healthPort }: { readonly healthHost: string; readonly healthPort: number },
  health: () => Health | Promise<Health>,
): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/health/live') return answer(response, 200, { status: 'ok' });
    if (request.url !== '/health/ready') return answer(response, 404, { status: 'unknown path' });
    void answerReadiness(response, health);
  });
  server.listen(healthPort, healthHost);
  await once(server, 'listening');
  return server;
}

async function answerReadiness(response: ServerResponse, health: () => Health | Promise<Health>): Promise<void> {
  try {
    const { ready, details } = await health();
    answer(response, ready ? 200 : 503, { status: ready ? 'ok' : 'unavailable', ...details });
  } catch {
    answer(response, 503, { status: 'unavailable' });
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
