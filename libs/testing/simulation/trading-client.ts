import { EventStoreError, type CommandAnswer, type CommandSink } from '#libs/event-store';
import type { Chance } from './chance.ts';
import type { ModelLedger } from './model-ledger.ts';
import type { Surroundings } from './simulated-process.ts';
import type { TradingCommand, TradingState } from './trading-rules.ts';

export type TradingSink = CommandSink<TradingState, TradingCommand>;

/** A command as its client knows it. */
export interface Invocation {
  readonly ledger: ModelLedger;
  readonly command: TradingCommand;
  readonly commandId: string;
  /** The ledger's head when it was first sent. */
  readonly invokedAtHead: number;
  /** Each answer heard: a client may ask twice. */
  readonly answers: { readonly answer: CommandAnswer; readonly atHead: number }[];
  /** Codes of errors that are final. */
  readonly refusals: string[];
  /** Whether its id belongs to another command already. */
  readonly reusedId: boolean;
}

export const ACTOR = 'trader';
const ANSWER_AFTER_MS = 150;
const ORDERS = 6;

/** Sends one command, again and again with the same id until it hears a final answer, now and then to two processes at once. */
export async function trade(
  around: Surroundings,
  sinks: () => readonly TradingSink[],
  invocation: Invocation,
): Promise<void> {
  while (invocation.answers.length === 0 && invocation.refusals.length === 0) {
    const all = sinks();
    const twice = around.chance.happens(around.weather.lost);
    const first = all[around.chance.between(0, all.length - 1)];
    const asked = twice ? all : first === undefined ? [] : [first];
    const tries = asked.map((sink) => ask(sink, invocation));
    await Promise.race([Promise.all(tries), around.time.sleep(ANSWER_AFTER_MS)]);
    await around.time.sleep(around.chance.between(5, 40));
  }
}

async function ask(sink: TradingSink, invocation: Invocation): Promise<void> {
  const { command, commandId, ledger } = invocation;
  try {
    const { answer } = await sink.submit({
      ...{ ledger: ledger.ledger, command, commandId, actor: ACTOR, correlationId: commandId, causationId: null },
      ...{ effectiveAt: null, recordedOn: null, reason: null, evidence: [], request: command, scope: () => null },
    });
    invocation.answers.push({ answer, atHead: ledger.events.length });
  } catch (error) {
    if (!(error instanceof EventStoreError)) throw error;
    if (!error.retriable) invocation.refusals.push(error.code);
  }
}

/** A command that is often at the edge of what the rules allow. */
export function drawCommand(chance: Chance): TradingCommand {
  const order = `o${chance.between(1, ORDERS)}`;
  const drawn = chance.next();
  if (drawn < 0.15) return { type: 'Cancel', order };
  if (drawn < 0.5) return { type: 'Approve', order, party: chance.pick(['buyer', 'seller']) };
  const site = chance.pick(['north', 'south']);
  return { type: 'Order', order, site, units: chance.between(1, 5), cents: chance.between(10, 40) };
}
