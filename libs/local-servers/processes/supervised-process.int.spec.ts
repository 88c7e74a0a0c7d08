import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './process-facts.ts';
import { supervise } from './supervised-process.ts';

const command = (script: string) => ({
  name: 'sleeper',
  command: ['/bin/sh', '-c', script],
  workFolder: tmpdir(),
  stopSignal: 'TERM' as const,
  stopWithinSeconds: 2,
});

describe('a supervised process', () => {
  it('ends at stop, by the signal it was promised', async () => {
    const lines: string[] = [];
    const script = `trap 'echo asked; exit 0' TERM; echo up; while :; do sleep 0.05; done`;
    const server = await supervise({ ...command(script), onLog: (line) => lines.push(line) });
    while (lines.length === 0) await delay(10);
    await server.stop();
    expect(lines).toEqual(['up', 'asked']);
    expect(isAlive(server.pid)).toBe(false);
  });

  it('is killed when it does not heed the signal', async () => {
    const server = await supervise({
      ...command(`trap '' TERM QUIT; while :; do sleep 0.05; done`),
      onLog: () => undefined,
    });
    await server.stop();
    expect(server.hasExited()).toBe(true);
    expect(isAlive(server.pid)).toBe(false);
  }, 15_000);

  it('says when it ends by itself, with its exit code and last lines', async () => {
    const server = await supervise({ ...command('echo no disk >&2; exit 7'), onLog: () => undefined });
    expect(await server.exited).toEqual({ code: 7 });
    expect(server.lastLines()).toEqual(['no disk']);
  });
});
