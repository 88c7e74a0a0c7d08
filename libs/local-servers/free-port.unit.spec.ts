import { createServer, type Server } from 'node:net';
import { freePort } from './index.ts';

describe('a free port', () => {
  it('is any, for 0', async () => {
    expect(await freePort(0)).toBeGreaterThan(1023);
  });

  it('is the one asked for, when nobody listens there', async () => {
    const port = await freePort(0);
    expect(await freePort(port)).toBe(port);
  });

  it('is a higher one, when somebody does', async () => {
    const port = await freePort(0);
    const blocker = await listening(port);
    const next = await freePort(port);
    blocker.close();
    expect(next).toBeGreaterThan(port);
  });
});

function listening(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
