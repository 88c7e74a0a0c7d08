import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** `up`: from the client to the server; `down`: back. */
export type Direction = 'up' | 'down';

interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

interface Cut {
  readonly direction: Direction;
  bytesLeft: number;
  readonly done: () => void;
}

/**
 * A wire between clients and a server on 127.0.0.1 that can be cut at a byte, slowed, delayed or made to swallow
 * everything. Bytes that are swallowed arrive after {@link heal}, as TCP's do after a partition. After Shopify's Toxiproxy.
 */
export class TcpProxy {
  /** Connections cut since the start. */
  cuts = 0;
  private readonly links = new Set<Link>();
  private readonly planned = new Set<Cut>();
  private bytesPerSecond = Infinity;
  private delayMs = 0;
  private pacing = new AbortController();
  private healed: { readonly promise: Promise<void>; readonly resolve: () => void } | null = null;

  private constructor(
    private readonly server: Server,
    private targetPort: number,
  ) {}

  /** Listens on a free port and passes each connection on to 127.0.0.1:`targetPort`, which may be said later. */
  static async listen(targetPort = 0): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new TcpProxy(server, targetPort);
    server.on('connection', (client) => proxy.accept(client));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** New connections go to 127.0.0.1:`targetPort`. */
  leadTo(targetPort: number): void {
    this.targetPort = targetPort;
  }

  /** Connections open now. */
  get open(): number {
    return this.links.size;
  }

  /** Cuts the connection that carries the `bytes`-th byte from now in `direction`, right after it; resolves when it has. */
  cutAfter(bytes: number, direction: Direction): Promise<void> {
    return new Promise((done) => this.planned.add({ direction, bytesLeft: bytes, done }));
  }

  /** Cuts every open connection now, in the middle of whatever it carries. */
  cutAll(): void {
    for (const link of this.links) this.cut(link);
  }

  /** Lets nothing through in either direction, without closing anything. */
  blackhole(): void {
    this.healed ??= promised();
  }

  /** Holds each piece back for `delayMs`. */
  delay(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /** Lets each connection carry this much a second in each direction. */
  throttle(bytesPerSecond: number): void {
    this.bytesPerSecond = bytesPerSecond;
  }

  /** A plain wire again; planned cuts that have not happened never will. */
  heal(): void {
    this.bytesPerSecond = Infinity;
    this.delayMs = 0;
    this.pacing.abort();
    this.pacing = new AbortController();
    this.planned.clear();
    this.healed?.resolve();
    this.healed = null;
  }

  async close(): Promise<void> {
    this.heal();
    this.server.close();
    this.cutAll();
    if (this.server.listening) await once(this.server, 'close');
  }

  private accept(client: Socket): void {
    const link = { client, server: connect({ host: '127.0.0.1', port: this.targetPort, allowHalfOpen: true }) };
    this.links.add(link);
    for (const socket of [client, link.server]) {
      socket.setNoDelay(true);
      // One wire: an end that breaks takes the other with it.
      socket.on('error', () => this.drop(link));
      socket.on('close', () => this.drop(link));
    }
    void this.pump(link, 'up');
    void this.pump(link, 'down');
  }

  private async pump(link: Link, direction: Direction): Promise<void> {
    const [from, to] = direction === 'up' ? [link.client, link.server] : [link.server, link.client];
    try {
      for await (const piece of from.iterator({ destroyOnReturn: false }))
        await this.carry(link, direction, piece as Buffer, to);
      to.end();
    } catch {
      this.drop(link);
    }
  }

  private async carry(link: Link, direction: Direction, piece: Buffer, to: Socket): Promise<void> {
    const pauseMs = this.delayMs + (piece.length / this.bytesPerSecond) * 1000;
    if (pauseMs > 0) await this.unlessHealed(pauseMs);
    await this.healed?.promise;
    const cut = this.cutWithin(direction, piece.length);
    await written(to, cut === null ? piece : piece.subarray(0, cut.bytesLeft));
    if (cut === null) return;
    this.cut(link);
    cut.done();
  }

  private async unlessHealed(pauseMs: number): Promise<void> {
    const { signal } = this.pacing;
    try {
      await sleep(pauseMs, undefined, { signal });
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** The planned cut whose byte lies in a piece of this length; the others come that much nearer. */
  private cutWithin(direction: Direction, length: number): Cut | null {
    for (const cut of this.planned) {
      if (cut.direction !== direction) continue;
      if (cut.bytesLeft <= length) {
        this.planned.delete(cut);
        return cut;
      }
      cut.bytesLeft -= length;
    }
    return null;
  }

  private cut(link: Link): void {
    if (this.links.has(link)) this.cuts += 1;
    this.drop(link);
  }

  private drop(link: Link): void {
    this.links.delete(link);
    link.client.destroy();
    link.server.destroy();
  }
}

/** Resolves when the piece is with the kernel; rejects when the socket broke before. */
function written(to: Socket, piece: Buffer): Promise<void> {
  return new Promise((resolve, reject) => to.write(piece, (error) => (error ? reject(error) : resolve())));
}

function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}
