import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** JSON over connections that are kept open, as many as there are requests under way. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 512, scheduling: 'fifo' });

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {}

  /** Rejects unless something was made. */
  async post(path: string, body: object): Promise<{ readonly position: number }> {
    const bytes = Buffer.from(JSON.stringify(body));
    const headers = {
      'content-type': 'application/json',
      'content-length': bytes.length,
      'idempotency-key': randomUUID(),
    };
    const answer = await this.send('POST', path, headers, bytes);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as { position: number };
  }

  async get(path: string): Promise<Answer> {
    return this.send('GET', path, {}, null);
  }

  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, headers: object, bytes: Buffer | null): Promise<Answer> {
    const options = { method, agent: this.agent, headers: { authorization: `Bearer ${this.token}`, ...headers } };
    return new Promise((resolve, reject) => {
      const sent = request(this.url + path, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, body: text === '' ? null : JSON.parse(text) });
        });
      });
      sent.once('error', reject);
      sent.end(bytes);
    });
  }
}
