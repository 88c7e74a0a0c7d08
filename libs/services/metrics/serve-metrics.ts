import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MetricsPlace } from '#libs/config';
import type { Log } from '#libs/messaging';
import type { Metrics } from './metrics.ts';

export interface MetricsServer {
  /** Where Prometheus asks. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers GET /metrics on an address of its own, so that no proxy in front of the application passes it on. A port that
 * nobody asked for gives way to a free one when it is taken; a token, where there is one, is asked for.
 */
export async function serveMetrics(metrics: Metrics, place: MetricsPlace, log: Log): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') return answer(response, 404, 'unknown path');
    if (!isAllowed(place.token, request.headers.authorization)) {
      response.setHeader('www-authenticate', 'Bearer');
      return answer(response, 401, 'a bearer token is needed');
    }
    metrics.text().then(
      (text) => answer(response, 200, text),
      (error: unknown) => {
        log.error({ err: error }, 'metrics could not be told');
        answer(response, 500, 'metrics could not be told');
      },
    );
  });
  await listening(server, place);
  // What else fails to start must be able to end the process.
  server.unref();
  const url = `http://${place.host}:${(server.address() as AddressInfo).port}/metrics`;
  log.info({ url }, 'metrics are answered');
  return { url, close: () => closed(server) };
}

async function listening(server: Server, { host, port, isGiven }: MetricsPlace): Promise<void> {
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    if (isGiven || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    server.listen(0, host);
    await once(server, 'listening');
  }
}

async function closed(server: Server): Promise<void> {
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}

/** Digests are of one length, as a comparison in constant time wants it. */
function isAllowed(token: string | null, authorization: string | undefined): boolean {
  return token === null || timingSafeEqual(digest(`Bearer ${token}`), digest(authorization ?? ''));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(body);
}
