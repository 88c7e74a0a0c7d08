import { availableParallelism } from 'node:os';
import { CopiedLibs } from './patched-copy.ts';
import { told } from './told.ts';

const SEEDS = 100_000;
const LONGEST_MS = 1_800_000;

describe('store, relay, topic and projector in one process', () => {
  it(
    `keep every promise over ${SEEDS} seeds that no shorter run has seen`,
    async () => {
      const copy = CopiedLibs.make();
      try {
        const found = await copy.hunt({ first: 1_000_001, count: SEEDS }, availableParallelism());
        process.stdout.write(told(found));
        expect(found.caught).toEqual([]);
      } finally {
        copy.remove();
      }
    },
    LONGEST_MS,
  );
});
