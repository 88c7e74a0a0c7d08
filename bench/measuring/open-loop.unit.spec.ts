import { setTimeout as sleep } from 'node:timers/promises';
import { openLoop } from './open-loop.ts';

describe('an open loop', () => {
  it('begins at the rate however slow the work is, and times from the due moment', async () => {
    const begun: { dueMs: number; measured: boolean }[] = [];
    let most = 0;
    let underWay = 0;
    await openLoop(
      async (dueMs, measured) => {
        begun.push({ dueMs, measured });
        most = Math.max(most, ++underWay);
        await sleep(100);
        underWay--;
      },
      { perSecond: 100, durationMs: 200, warmUpMs: 100 },
    );
    const gaps = begun.slice(1).map(({ dueMs }, n) => dueMs - (begun[n]?.dueMs ?? 0));
    expect(begun.filter(({ measured }) => measured)).toHaveLength(20);
    expect(begun).toHaveLength(30);
    expect(gaps.every((gap) => Math.abs(gap - 10) < 0.01)).toBe(true);
    expect(most).toBeGreaterThan(5);
  });

  it('throws the first failure, and begins no more', async () => {
    let begun = 0;
    const work = async (): Promise<void> => {
      if (++begun === 3) throw new Error('the third');
      await sleep(1);
    };
    await expect(openLoop(work, { perSecond: 20, durationMs: 60_000, warmUpMs: 0 })).rejects.toThrow('the third');
    expect(begun).toBeLessThan(10);
  });
});
