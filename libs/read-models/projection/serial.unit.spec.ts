import { setTimeout as sleep } from 'node:timers/promises';
import { SerialByKey } from './serial.ts';

describe('work by key', () => {
  it('runs one after another for a key, side by side for several, never more than its width', async () => {
    const serial = new SerialByKey(2);
    const running = new Map<string, number>();
    let most = 0;
    const order: string[] = [];
    const work = (key: string, name: string) =>
      serial.run(key, async () => {
        running.set(key, (running.get(key) ?? 0) + 1);
        expect(running.get(key)).toBe(1);
        most = Math.max(
          most,
          [...running.values()].reduce((all, each) => all + each, 0),
        );
        await sleep(5);
        running.set(key, 0);
        order.push(name);
      });
    await Promise.all([work('a', 'a1'), work('a', 'a2'), work('b', 'b1'), work('c', 'c1'), work('a', 'a3')]);
    expect(order.filter((name) => name.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(order).toHaveLength(5);
    expect(most).toBe(2);
  });

  it('goes on after work that failed, whose caller hears of it', async () => {
    const serial = new SerialByKey(1);
    const failure = new Error('no');
    const [first, second] = await Promise.allSettled([
      serial.run('a', () => Promise.reject(failure)),
      serial.run('a', () => Promise.resolve('done')),
    ]);
    expect([first, second]).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: 'done' },
    ]);
    await serial.idle();
  });
});
