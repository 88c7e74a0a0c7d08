import { createServer, type Server } from 'node:net';
import { freePort } from '../index.ts';
import { freePorts } from './free-ports.ts';

describe('the two ports of a broker', () => {
  const blockers: Server[] = [];

  afterEach(() => blockers.splice(0).forEach((blocker) => blocker.close()));

  it('are two, when another broker has both that were asked for', async () => {
    const wanted = await freePort(0);
    await blocked(wanted);
    await blocked(wanted + 1);
    const { port, controllerPort } = await freePorts({ port: wanted, controllerPort: wanted + 1 });
    expect(port).toBeGreaterThan(wanted + 1);
    expect(controllerPort).toBeGreaterThan(port);
  });

  /** Somebody may listen there already: then it is blocked as well. */
  function blocked(port: number): Promise<void> {
    return new Promise((resolve) => {
      const blocker = createServer();
      blocker.once('error', () => resolve());
      blocker.listen(port, '127.0.0.1', () => {
        blockers.push(blocker);
        resolve();
      });
    });
  }
});
