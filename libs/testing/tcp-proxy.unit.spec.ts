import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { TcpProxy } from './tcp-proxy.ts';

const PIECE = Buffer.alloc(100_000, 'x');

describe('a proxy between a client and a server that echoes', () => {
  let echo: Server;
  let proxy: TcpProxy;

  beforeEach(async () => {
    echo = createServer((socket) => void socket.on('error', () => socket.destroy()).pipe(socket));
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await TcpProxy.listen((echo.address() as AddressInfo).port);
  });

  afterEach(async () => {
    await proxy.close();
    echo.close();
  });

  it('passes everything on, and the end of it', async () => {
    const { socket, received } = dial();
    socket.end(PIECE);
    await once(socket, 'close');
    expect(received()).toBe(PIECE.length);
    expect(proxy.cuts).toBe(0);
  });

  it.each(['up', 'down'] as const)('cuts after the byte that was asked for, on the way %s', async (direction) => {
    const { socket, received } = dial();
    const cut = proxy.cutAfter(70_001, direction);
    socket.write(PIECE);
    await cut;
    await once(socket, 'close');
    if (direction === 'down') expect(received()).toBe(70_001);
    else expect(received()).toBeLessThanOrEqual(70_001);
    expect(proxy.cuts).toBe(1);
    expect(proxy.open).toBe(0);
  });

  it('leaves other connections alone when it cuts one', async () => {
    const [one, other] = [dial(), dial()];
    await echoed(one, 1);
    await echoed(other, 1);
    const cut = proxy.cutAfter(10, 'up');
    one.socket.write(Buffer.alloc(20));
    await cut;
    await once(one.socket, 'close');
    await echoed(other, 2);
    expect(proxy.open).toBe(1);
  });

  it('swallows everything until it heals, and then lets it through', async () => {
    const line = dial();
    await echoed(line, 1);
    proxy.blackhole();
    line.socket.write('x');
    await sleep(100);
    expect(line.received()).toBe(1);
    proxy.heal();
    await line.until(2);
    expect(line.received()).toBe(2);
  });

  it('throttles each connection to bytes a second', async () => {
    const line = dial();
    proxy.throttle(50_000);
    const startedMs = performance.now();
    line.socket.write(Buffer.alloc(10_000));
    await line.until(10_000);
    expect(performance.now() - startedMs).toBeGreaterThan(350);
  });

  it('lets at once through what it held back, when it heals', async () => {
    const line = dial();
    proxy.throttle(10);
    line.socket.write(Buffer.alloc(1_000));
    await sleep(50);
    proxy.heal();
    await line.until(1_000);
    expect(proxy.open).toBe(1);
  });

  it('delays each piece', async () => {
    const line = dial();
    proxy.delay(60);
    const startedMs = performance.now();
    line.socket.write('x');
    await line.until(1);
    expect(performance.now() - startedMs).toBeGreaterThan(110);
  });

  interface Line {
    readonly socket: Socket;
    received(): number;
    until(bytes: number): Promise<void>;
  }

  function dial(): Line {
    const socket = connect(proxy.port, '127.0.0.1');
    let bytes = 0;
    socket.on('error', () => socket.destroy());
    socket.on('data', (piece) => (bytes += piece.length));
    const until = async (wanted: number) => {
      while (bytes < wanted) await once(socket, 'data');
    };
    return { socket, received: () => bytes, until };
  }

  async function echoed(line: Line, bytes: number): Promise<void> {
    line.socket.write('x');
    await line.until(bytes);
  }
});
