import { told } from './told.ts';
import { CopiedLibs } from './patched-copy.ts';

const FIRST_SEED = Number(process.env['WAYBILL_SIMULATION_FIRST_SEED'] ?? 1);
const SEEDS = Number(process.env['WAYBILL_SIMULATION_SEEDS'] ?? 2_000);
const LONGEST_MS = 600_000;

describe('store, relay, topic and projector in one process', () => {
  let copy: CopiedLibs;
  beforeAll(() => {
    copy = CopiedLibs.make();
  });
  afterAll(() => copy.remove());

  it(
    'keep every promise, whatever goes wrong',
    async () => {
      const found = await copy.hunt({ first: FIRST_SEED, count: SEEDS });
      process.stdout.write(told(found));
      expect(found.caught).toEqual([]);
      expect(found.events).toBeGreaterThan(found.seedsRun);
    },
    LONGEST_MS,
  );

  it(
    'run alike for the same seed, and otherwise for another',
    async () => {
      const runs = [];
      for (const first of [11, 11, 51]) runs.push(await copy.hunt({ first, count: 20 }));
      const [one, same, other] = runs.map(({ durationMs: _, cpuMs: __, ...run }) => run);
      expect(same).toEqual(one);
      expect(other?.steps).not.toBe(one?.steps);
    },
    LONGEST_MS,
  );
});
