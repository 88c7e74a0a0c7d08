import { simulate } from './simulate.ts';
import type { Violation } from './violation.ts';

/** What a range of seeds came to: the first that breaks a promise, if any does. */
export interface Hunt {
  readonly seedsRun: number;
  readonly durationMs: number;
  readonly commands: number;
  readonly events: number;
  readonly caught: { readonly seed: number; readonly violations: readonly Violation[] } | null;
}

/** Runs `count` seeds from `first`, until one breaks a promise. */
export async function hunt(first: number, count: number): Promise<Hunt> {
  const { stackTraceLimit } = Error;
  // A rejection or a lost connection is no news here, and half of a run would go into traces of them.
  Error.stackTraceLimit = 0;
  try {
    return await run(first, count);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function run(first: number, count: number): Promise<Hunt> {
  const startMs = performance.now();
  let commands = 0;
  let events = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const outcome = await simulate(seed);
    commands += outcome.commands;
    events += outcome.events;
    const { violations } = outcome;
    const so = { seedsRun: seed - first + 1, durationMs: performance.now() - startMs, commands, events };
    if (violations.length > 0) return { ...so, caught: { seed, violations } };
  }
  return { seedsRun: count, durationMs: performance.now() - startMs, commands, events, caught: null };
}
