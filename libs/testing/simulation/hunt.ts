import { simulate, type RunOutcome } from './simulate.ts';
import type { FaultCounts } from './tally.ts';
import { installClock } from './virtual-time.ts';
import type { Violation } from './violation.ts';

/** What a range of seeds came to. */
export interface Hunt {
  readonly seedsRun: number;
  /** Of the machine's clock, from the first seed to the last. */
  readonly durationMs: number;
  /** Of all cores, by which a rate is told on a machine that does other things as well. */
  readonly cpuMs: number;
  readonly commands: number;
  readonly events: number;
  /** Of the schedulers. */
  readonly steps: number;
  readonly faults: FaultCounts;
  /** The seeds that broke a promise, the first of which ends the hunt unless more are asked for. */
  readonly caught: readonly Catch[];
}

export interface Catch {
  readonly seed: number;
  readonly violations: readonly Violation[];
}

export interface Range {
  readonly first: number;
  readonly count: number;
  /** After so many broken seeds it ends; 1 unless told. */
  readonly catches?: number;
}

/** Runs the seeds of `range` one after another. */
export async function hunt(range: Range): Promise<Hunt> {
  const { stackTraceLimit } = Error;
  // A rejection or a lost connection is no news here, and half of a run would go into traces of them.
  Error.stackTraceLimit = 0;
  const restoreClock = installClock();
  try {
    return await run(range);
  } finally {
    restoreClock();
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function run({ first, count, catches = 1 }: Range): Promise<Hunt> {
  const startMs = Date.now();
  const cpu = process.cpuUsage();
  const sum = { seedsRun: 0, commands: 0, events: 0, steps: 0 };
  const faults: Record<string, number> = {};
  const caught: Catch[] = [];
  for (let seed = first; seed < first + count && caught.length < catches; seed += 1) {
    const outcome = await inOwnTurn(() => simulate(seed));
    sum.seedsRun += 1;
    for (const figure of ['commands', 'events', 'steps'] as const) sum[figure] += outcome[figure];
    for (const [fault, times] of Object.entries(outcome.faults)) faults[fault] = (faults[fault] ?? 0) + times;
    if (outcome.violations.length > 0) caught.push({ seed, violations: outcome.violations });
  }
  const { user, system } = process.cpuUsage(cpu);
  return { ...sum, durationMs: Date.now() - startMs, cpuMs: (user + system) / 1_000, faults, caught };
}

/** A turn of the event loop a run: within a promise's reaction its own would not be run, and what nobody caught comes out. */
export function inOwnTurn(run: () => RunOutcome): Promise<RunOutcome> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(run());
      } catch (error) {
        reject(error instanceof Error ? error : new TypeError('a run threw no error', { cause: error }));
      }
    });
  });
}

/** Several hunts as one; the duration is that of the longest. */
export function addedUp(hunts: readonly Hunt[]): Hunt {
  const total = (figure: 'seedsRun' | 'cpuMs' | 'commands' | 'events' | 'steps') =>
    hunts.reduce((sum, each) => sum + each[figure], 0);
  const faults: Record<string, number> = {};
  for (const hunt of hunts) {
    for (const [fault, times] of Object.entries(hunt.faults)) faults[fault] = (faults[fault] ?? 0) + times;
  }
  return {
    seedsRun: total('seedsRun'),
    durationMs: Math.max(...hunts.map(({ durationMs }) => durationMs)),
    cpuMs: total('cpuMs'),
    commands: total('commands'),
    events: total('events'),
    steps: total('steps'),
    faults,
    caught: hunts.flatMap(({ caught }) => caught),
  };
}
