import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient, type Answer, type RawAnswer } from './answer.ts';
import { DemoIssuerMissing, ServerUnreachable, UnexpectedAnswer } from './errors.ts';

export interface ClientOptions {
  /** Origin of a running Waybill, such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** How long a request that cannot be served yet (503, 429, connection lost) is sent again; 30,000 unless said. */
  readonly patienceMs?: number;
}

/**
 * Waybill over HTTP, as named actors of its demo issuer. Whatever cannot be served yet is sent again with the same
 * bytes: reads are harmless, and a command carries its idempotency key.
 */
export class WaybillClient {
  readonly url: string;
  private readonly patienceMs: number;
  private readonly tokens = new Map<string, Promise<string | Answer>>();

  constructor({ url, patienceMs = 30_000 }: ClientOptions) {
    this.url = url.replace(/\/+$/, '');
    this.patienceMs = patienceMs;
  }

  /** A read without a token. Throws {@link ServerUnreachable} at once when nobody listens. */
  async open(path: string): Promise<unknown> {
    const answer = await this.exchange(path, {}, 0);
    if (answer.status !== 200) throw new UnexpectedAnswer('GET', this.url + path, answer);
    return answer.body;
  }

  /** The JSON at `path` as `actor` reads it; throws {@link UnexpectedAnswer} for anything but 200. */
  async get(actor: string, path: string): Promise<unknown> {
    return (await this.read(actor, path, 'application/json')).body;
  }

  /** What is at `path` as media type `accept`, to the byte; throws {@link UnexpectedAnswer} for anything but 200. */
  async read(actor: string, path: string, accept: string): Promise<RawAnswer> {
    const headers = { authorization: await this.bearer(actor), accept };
    const answer = await this.exchange(path, { headers });
    if (answer.status !== 200) throw new UnexpectedAnswer('GET', this.url + path, answer);
    return answer;
  }

  /**
   * A stream that goes on for as long as the server likes, read by a token of now. Throws {@link UnexpectedAnswer} where it
   * does not begin, {@link ServerUnreachable} where nobody listens; nothing is sent again.
   */
  async stream(
    actor: string,
    path: string,
    { headers, signal }: { readonly headers: Readonly<Record<string, string>>; readonly signal: AbortSignal },
  ): Promise<ReadableStream<Uint8Array>> {
    this.tokens.delete(actor);
    const authorization = await this.bearer(actor);
    const response = await connected(this.url, () =>
      fetch(this.url + path, { headers: { ...headers, authorization }, signal }),
    );
    if (response.status === 200 && response.body !== null) return response.body;
    const body = jsonOrNull(await response.text());
    throw new UnexpectedAnswer('GET', this.url + path, { status: response.status, body });
  }

  /** Sends a command as `actor`; a refused sign-in answers in the command's place. */
  async post(actor: string, path: string, idempotencyKey: string, body: object): Promise<Answer> {
    const token = await this.tokenOf(actor);
    if (typeof token !== 'string') return token;
    return this.exchange(path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': idempotencyKey,
      },
      body: JSON.stringify(body),
    });
  }

  private async bearer(actor: string): Promise<string> {
    const token = await this.tokenOf(actor);
    if (typeof token !== 'string') throw new UnexpectedAnswer('POST', `${this.url}/demo/token`, token);
    return `Bearer ${token}`;
  }

  private tokenOf(actor: string): Promise<string | Answer> {
    const known = this.tokens.get(actor) ?? this.signIn(actor);
    this.tokens.set(actor, known);
    return known;
  }

  private async signIn(actor: string): Promise<string | Answer> {
    const headers = { 'content-type': 'application/json' };
    const answer = await this.exchange('/demo/token', { method: 'POST', headers, body: JSON.stringify({ actor }) });
    const code = (answer.body as { code?: unknown } | null)?.code;
    if (answer.status === 404 && (code === undefined || code === 'ROUTE_UNKNOWN'))
      throw new DemoIssuerMissing(this.url);
    const token = (answer.body as { access_token?: unknown } | null)?.access_token;
    return typeof token === 'string' ? token : answer;
  }

  private async exchange(path: string, init: RequestInit, patienceMs = this.patienceMs): Promise<RawAnswer> {
    const giveUpAtMs = performance.now() + patienceMs;
    for (let pauseMs = 100; ; pauseMs = Math.min(2 * pauseMs, 2_000)) {
      const attempt = await this.attempt(path, init);
      const isFinal = 'status' in attempt && !isTransient(attempt);
      if (isFinal || performance.now() + pauseMs > giveUpAtMs) return finalOf(attempt, this.url);
      await sleep(pauseMs);
    }
  }

  private async attempt(path: string, init: RequestInit): Promise<RawAnswer | ConnectionLost> {
    try {
      const response = await fetch(this.url + path, init);
      const { status, headers } = response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      return { status, headers, bytes, body: jsonOrNull(isJson(headers) ? new TextDecoder().decode(bytes) : '') };
    } catch (error) {
      if ((error as Error).name !== 'TypeError') throw error;
      return { cause: error };
    }
  }
}

/** `fetch` throws a TypeError when the connection is refused or breaks. */
interface ConnectionLost {
  readonly cause: unknown;
}

async function connected<T>(url: string, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if ((error as Error).name !== 'TypeError') throw error;
    throw new ServerUnreachable(url, error);
  }
}

function finalOf(attempt: RawAnswer | ConnectionLost, url: string): RawAnswer {
  if ('status' in attempt) return attempt;
  throw new ServerUnreachable(url, attempt.cause);
}

function isJson(headers: Headers): boolean {
  return /[/+]json/.test(headers.get('content-type') ?? '');
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
