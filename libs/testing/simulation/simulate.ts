import { Chance } from './chance.ts';
import { drawWeather, planCalmDamage, planFaults } from './faults.ts';
import { readViolations, topicViolations } from './read-invariants.ts';
import { CALM } from './simulated-process.ts';
import type { FaultCounts } from './tally.ts';
import { drawCommand, trade, type Invocation } from './trading-client.ts';
import type { Violation } from './violation.ts';
import { setClock } from './virtual-time.ts';
import { INCARNATION, World } from './world.ts';
import { writeViolations } from './write-invariants.ts';

/** What one seed's run came to. */
export interface RunOutcome {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly commands: number;
  readonly events: number;
  /** Of the scheduler. */
  readonly steps: number;
  readonly faults: FaultCounts;
  /** Of the simulated clock: two runs of one seed end in the same millisecond. */
  readonly endedAtMs: number;
}

const STORM_MS = 300;
/** By then nothing of the storm is on its way any more. */
const CALM_DAMAGE_MS = 1_000;
const LATEST_MS = 6_000;
const LOOK_MS = 30;
const FENCE = 'who lost the lead records nothing';

/**
 * One run of two API processes, two relays and two projectors on one store and one topic, with everything that goes wrong
 * drawn from `seed`: first a storm, then calm, in which all must come right. The same seed gives the same run.
 */
export function simulate(seed: number): RunOutcome {
  const chance = new Chance(seed);
  const world = new World(chance, drawWeather(chance));
  setClock(world.time, () => chance.next());
  world.start();
  planFaults(world, STORM_MS);
  const invocations: Invocation[] = [];
  startTrading(world, invocations, chance.between(5, 12), 0);
  const calmEndMs = chance.happens(0.2) ? CALM_DAMAGE_MS + STORM_MS : STORM_MS;
  if (calmEndMs > STORM_MS) {
    planCalmDamage(world, CALM_DAMAGE_MS);
    startTrading(world, invocations, 4, CALM_DAMAGE_MS - STORM_MS / 4);
  }
  world.time.run(STORM_MS);
  world.around.weather = CALM;
  world.time.run(calmEndMs);
  comeRight(world, invocations);
  const violations = violationsIn(world, invocations);
  const events = [...world.ledgers.values()].reduce((sum, ledger) => sum + ledger.events.length, 0);
  return {
    seed,
    violations,
    commands: invocations.length,
    events,
    steps: world.time.steps,
    faults: world.around.tally.counts,
    endedAtMs: world.time.nowMs,
  };
}

/** Each client starts a command at a moment of the storm; some come together and are decided together. */
function startTrading(world: World, invocations: Invocation[], count: number, fromMs: number): void {
  const { chance, time, around } = world;
  const ledgers = [...world.ledgers.values()];
  for (let index = count; index > 0; index -= 1) {
    const ledger = ledgers[chance.between(0, ledgers.length - 1)];
    if (ledger === undefined) continue;
    time.after(fromMs + chance.between(0, STORM_MS / 15) * 15, () => {
      const first = invocations.find((each) => each.ledger === ledger && each.answers.length > 0);
      const reusedId = first !== undefined && chance.happens(0.05);
      const command = reusedId ? ({ type: 'Cancel', order: 'another' } as const) : drawCommand(chance);
      const commandId = reusedId ? first.commandId : `c${invocations.length + 1}`;
      const invokedAtHead = ledger.events.length;
      const invocation = { ledger, command, commandId, invokedAtHead, answers: [], refusals: [], reusedId };
      invocations.push(invocation);
      void trade(around, () => world.apis.map(({ sink }) => sink), invocation);
    });
  }
}

/** After the storm: relays that are stopped and started once, and time until nothing is wrong or patience ends. */
function comeRight(world: World, invocations: readonly Invocation[]): void {
  const { time } = world;
  let restarted = false;
  while (time.nowMs < LATEST_MS) {
    time.run(time.nowMs + LOOK_MS);
    const answered = invocations.every(({ answers, refusals }) => answers.length + refusals.length > 0);
    if (answered && restarted && isCaughtUp(world) && downstreamViolations(world).length === 0) return;
    if (answered && !restarted) {
      restarted = true;
      for (const index of world.relays.keys()) world.startRelay(index);
    }
  }
}

function violationsIn(world: World, invocations: readonly Invocation[]): readonly Violation[] {
  const written = [...world.ledgers.values()].flatMap((ledger) =>
    writeViolations(
      ledger,
      invocations.filter((each) => each.ledger === ledger),
    ),
  );
  const fence = world.relayRows.fenceFaults.map((detail) => ({ promise: FENCE, detail }));
  return [...written, ...fence, ...downstreamViolations(world)];
}

function isCaughtUp({ ledgers, tables }: World): boolean {
  return [...ledgers.values()].every(({ ledger, events }) => tables.of(ledger).checkpoint.position === events.length);
}

function downstreamViolations({ ledgers, topic, tables }: World): readonly Violation[] {
  return [...ledgers.values()].flatMap((ledger) => [
    ...topicViolations(ledger, topic, INCARNATION),
    ...readViolations(ledger, tables),
  ]);
}
