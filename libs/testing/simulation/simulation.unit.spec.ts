import { hunt } from './hunt.ts';
import { simulate } from './simulate.ts';

const FIRST_SEED = Number(process.env['WAYBILL_SIMULATION_FIRST_SEED'] ?? 1);
const SEEDS = Number(process.env['WAYBILL_SIMULATION_SEEDS'] ?? 300);
const LONGEST_MS = 600_000;

describe('store, relay, topic and projector in one process', () => {
  it(
    'keep every promise, whatever goes wrong',
    async () => {
      const { caught, seedsRun, durationMs, commands, events } = await hunt(FIRST_SEED, SEEDS);
      const perSecond = Math.round((seedsRun * 1_000) / durationMs);
      process.stdout.write(
        `simulation: seeds ${FIRST_SEED} to ${FIRST_SEED + seedsRun - 1}, ${perSecond}/s, ${commands} commands, ${events} events\n`,
      );
      expect(caught).toBeNull();
      expect(events).toBeGreaterThan(seedsRun);
    },
    LONGEST_MS,
  );

  it('run alike for the same seed, and otherwise for another', async () => {
    const seeds = [11, 12, 13, 14];
    const runs = [];
    for (const seed of [...seeds, ...seeds]) runs.push(await simulate(seed));
    expect(runs.slice(4)).toEqual(runs.slice(0, 4));
    expect(new Set(runs.map(({ endedAtMs }) => endedAtMs)).size).toBe(4);
  });
});
