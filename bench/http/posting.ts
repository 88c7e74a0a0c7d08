import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** POSTs JSON over connections that are kept open, as many as callers. Rejects when the answer is not 201. */
export class Posting {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    private readonly token: string,
    connections: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' });
  }

  post(path: string, body: object): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(body));
    const headers = {
      authorization: `Bearer ${this.token}`,
      'content-type': 'application/json',
      'content-length': bytes.length,
      'idempotency-key': randomUUID(),
    };
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, { method: 'POST', agent: this.agent, headers }, (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 201 ? resolve() : reject(new Error(`${path}: ${response.statusCode}`)),
        );
      });
      sent.once('error', reject);
      sent.end(bytes);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
