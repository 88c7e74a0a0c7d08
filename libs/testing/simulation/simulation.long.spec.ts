import { hunt } from './hunt.ts';

const SEEDS = 20_000;
const LONGEST_MS = 1_800_000;

describe('store, relay, topic and projector in one process', () => {
  it(
    `keep every promise over ${SEEDS} seeds that no shorter run has seen`,
    async () => {
      const { caught, seedsRun, durationMs, commands, events } = await hunt(1_000_001, SEEDS);
      const perSecond = Math.round((seedsRun * 1_000) / durationMs);
      process.stdout.write(`simulation: ${seedsRun} seeds, ${perSecond}/s, ${commands} commands, ${events} events\n`);
      expect(caught).toBeNull();
    },
    LONGEST_MS,
  );
});
