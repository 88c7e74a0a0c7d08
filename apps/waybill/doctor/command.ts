import pg from 'pg';
import { outlivingBreaks } from '#libs/event-store';
import type { Completeness, Verification } from '#libs/read-models';
import { INVARIANTS } from '#libs/domain';
import type { Id } from '#libs/kernel';
import { auditorUrl } from '../cli/database.ts';
import { ledgerOption } from '../cli/options.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { rebuildProgress } from '../rebuild/progress.ts';
import { examine, type Examination, type FoundInvariant } from './examine.ts';

/** `waybill doctor`: 0 when the read models are a fold of the whole ledger and both keep the invariants, else 1 with every finding. */
export const runDoctor: RunSubcommand = async (args, { config, out, err }) => {
  const ledger = ledgerOption(args);
  const client = outlivingBreaks(
    new pg.Client({ connectionString: await auditorUrl(config), application_name: 'waybill-doctor' }),
  );
  await connected(client);
  const progress = rebuildProgress(err);
  try {
    const found = await examine(client, ledger, progress.show);
    progress.stop();
    if (found === null) throw new UsageError(`there is no ledger ${ledger}, or this user may not read it`);
    out.write(`${args.values['json'] === true ? JSON.stringify({ ledger, ...found }) : written(ledger, found)}\n`);
    return found.isSound ? 0 : 1;
  } finally {
    progress.stop();
    await client.end();
  }
};

async function connected(client: pg.Client): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    const { code = 'no answer' } = error as { readonly code?: string };
    throw new UsageError(`the database does not let the doctor in (${code}); is it running, is DATABASE_URL right?`);
  }
}

const SHOWN_DIFFERENCES = 20;

function written(ledger: Id, found: Examination): string {
  const { head, generation, position, differences, completeness, halt, brokenInvariants, isSound } = found;
  return [
    `${ledger}: ${head} events, read models at position ${position}, ${differences.length} differences`,
    `generation ${generation} ${completenessSaid(completeness)}`,
    ...(position < head ? ['FAIL: the read models are behind the ledger'] : []),
    ...(halt === null ? [] : [`FAIL: ${halt.code}: halted at ${halt.position} since ${halt.since}`]),
    ...differences.slice(0, SHOWN_DIFFERENCES).map(differenceLine),
    ...(differences.length > SHOWN_DIFFERENCES ? [`… and ${differences.length - SHOWN_DIFFERENCES} more`] : []),
    ...(brokenInvariants.length === 0
      ? [`invariants 1 to ${Object.keys(INVARIANTS).length} hold up to position ${position}`]
      : []),
    ...brokenInvariants.slice(0, SHOWN_DIFFERENCES).map(invariantLine),
    ...(brokenInvariants.length > SHOWN_DIFFERENCES
      ? [`… and ${brokenInvariants.length - SHOWN_DIFFERENCES} more broken invariants`]
      : []),
    ...(isSound ? [] : [`next: ${nextStep(ledger, found)}`]),
  ].join('\n');
}

function completenessSaid({ code, position, ledgerEvents, digests }: Completeness): string {
  if (code === null) return `has read positions 1 to ${position}, digest ${digests.read}, as the ledger holds them`;
  return (
    `FAIL: ${code}: says it has read positions 1 to ${position}, digest ${digests.read}; ` +
    `the ledger holds ${ledgerEvents} of them, digest ${digests.ledger}`
  );
}

function nextStep(ledger: Id, { halt, position, head, brokenInvariants }: Examination): string {
  if (halt !== null)
    return `remove the cause, then: waybill halts release --ledger ${ledger} --who YOU --why 'what was done about it'`;
  if (position < head) return 'see whether a projector runs and what it says';
  if (brokenInvariants.some(({ seenIn }) => seenIn === 'ledger'))
    return 'no rebuild mends the ledger itself: let nobody write to it, find the first event named and compare it with a copy: waybill verify-copy';
  return `waybill rebuild --ledger ${ledger} --who YOU --why 'the doctor found differences', and read what it says`;
}

function differenceLine({ table, key, expected, found }: Verification['differences'][number]): string {
  return `FAIL: ${table} ${key}: a fold gives ${JSON.stringify(expected)}, the table has ${JSON.stringify(found)}`;
}

function invariantLine({ invariant, subject, found, position, seenIn }: FoundInvariant): string {
  const where = seenIn === 'ledger' ? 'the ledger' : 'the read models';
  const at = position === null ? '' : ` by the event at ${position}`;
  return `FAIL: invariant ${invariant} (${INVARIANTS[invariant]}) is broken in ${where}${at}: ${subject}: ${found}`;
}
