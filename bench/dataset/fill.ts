import type { LedgerCommand, LedgerEvent, LedgerState } from '#libs/domain';
import { decodeBody, encodeBody, schemaVersionOf } from '#libs/contracts';
import { ledgerDecider } from '#libs/domain';
import { LedgerWriters, openLedger, type CommandAnswer, type Submission, type WritingLimits } from '#libs/event-store';
import { bookSnapshots } from '#libs/services';
import type pg from 'pg';
import { history, type HistoricCommand } from './history.ts';

export interface Filling {
  readonly events: number;
  readonly commands: number;
  readonly rejectedCommands: number;
  readonly orders: number;
}

/** Commands that wait at a time: some of the batches below. */
const WAVE_COMMANDS = 8_000;
const LIMITS = { batchCommands: 2_000, batchCharacters: 8 << 20, waitingCommands: WAVE_COMMANDS };

/**
 * Opens `ledger` and puts the history of `seed` into it, until it has at least `events`: decided by the rules of the
 * domain, stored with the command log, by the writer of the product, only in larger groups.
 * `pool` is signed in as waybill_writer.
 */
export async function fillLedger(
  pool: pg.Pool,
  { ledger, events, seed }: { ledger: string; events: number; seed: number },
  onProgress: (filling: Filling) => void,
): Promise<Filling> {
  const opening = { ledger, clock: 'system', currency: 'USD', title: null, actor: 'bench', commandId: 'open' } as const;
  await openLedger(pool, { ...opening, request: {} });
  const writers = writersOn(pool, LIMITS);
  const told = history(seed);
  let filling: Filling = { events: 0, commands: 0, rejectedCommands: 0, orders: 0 };
  while (filling.events < events) {
    const share = (events - filling.events) / 2;
    const wave = Math.max(1, Math.min(WAVE_COMMANDS, Math.ceil(share)));
    const commands = Array.from({ length: wave }, () => told.next().value);
    const results = await Promise.all(commands.map((each) => writers.submit(submissionOf(ledger, each))));
    filling = commands.reduce((sum, { command }, index) => counted(sum, command, results[index]?.answer), filling);
    onProgress(filling);
  }
  await writers.stop();
  return filling;
}

/** The writers of the product with the rules of the domain; `pool` is signed in as waybill_writer. */
export function writersOn(
  pool: pg.Pool,
  limits: Partial<WritingLimits> = {},
): LedgerWriters<LedgerState, LedgerCommand, LedgerEvent> {
  const codec = { encode: encodeBody, decode: decodeBody };
  const rules = { decider: ledgerDecider, codec, schemaVersionOf, clock: { todayMs: Date.now } };
  return new LedgerWriters({ ...rules, pool, limits, snapshots: bookSnapshots(pool) });
}

/** As the API would submit it. */
export function submissionOf(ledger: string, told: HistoricCommand): Submission<LedgerState, LedgerCommand> {
  const { command, commandId, actor, companyId, effectiveAt } = told;
  const { type: _, ...fields } = command;
  const said = { reason: null, evidence: [], causationId: null, recordedOn: null, effectiveAt };
  const request = { ...fields, effectiveAt };
  return { ...said, ledger, command, commandId, actor, correlationId: commandId, request, scope: () => companyId };
}

function counted(sum: Filling, { type }: LedgerCommand, answer: CommandAnswer | undefined): Filling {
  const accepted = answer?.outcome === 'accepted';
  return {
    events: sum.events + (accepted ? answer.events.length : 0),
    commands: sum.commands + 1,
    rejectedCommands: sum.rejectedCommands + (accepted ? 0 : 1),
    orders: sum.orders + (accepted && type === 'PlaceOrder' ? 1 : 0),
  };
}
