import pg from 'pg';
import { decodeBody } from '#libs/contracts';
import { type LedgerInfo, openPool, PostgresLedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { dropGeneration, ReadModelError, rebuildReadModels, type RebuildOrder } from '#libs/read-models';
import { knownBrokers, projectorUrl } from '../cli/database.ts';
import { integerOption, ledgerOption, textOption } from '../cli/options.ts';
import type { CliContext, ExitCode, ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { listRebuilds } from './history.ts';
import { rebuildProgress } from './progress.ts';
import { written } from './report.ts';
import { openSource } from './source.ts';

/**
 * `waybill rebuild`: 0 when the read models built anew are live (or a generation was dropped), 1 when they are not,
 * because the live ones differ or an event cannot be folded; 2 when it could not be tried.
 */
export const runRebuild: RunSubcommand = async (args, context) => {
  const ledger = ledgerOption(args);
  const dropped = integerOption(args, 'drop', 1);
  const isList = args.values['list'] === true;
  const order = dropped === null && !isList ? orderOf(args, ledger) : null;
  const pool = openPool(await projectorUrl(context.config), {
    applicationName: 'waybill-rebuild',
    maxConnections: 6,
    onIdleError: (error) => context.err.write(`waybill: a connection broke: ${error.message}\n`),
  });
  try {
    await assertLedger(pool, ledger, order);
    if (isList) return await listRebuilds(pool, ledger, { json: args.values['json'] === true, out: context.out });
    if (dropped !== null) return await drop(pool, ledger, dropped, context);
    return await rebuild(pool, args, order ?? orderOf(args, ledger), context);
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === FORBIDDEN) {
      throw new UsageError(
        `SQLSTATE ${FORBIDDEN}: ${error.message}; DATABASE_URL must be the URL of waybill_projector`,
      );
    }
    if (!(error instanceof ReadModelError)) throw error;
    throw new UsageError(`${error.code}: ${error.message}`);
  } finally {
    await pool.end();
  }
};

/** insufficient_privilege */
const FORBIDDEN = '42501';

function orderOf(args: ParsedArguments, ledger: Id): RebuildOrder & { readonly from: 'ledger' | 'kafka' } {
  const from = textOption(args, 'from') ?? 'ledger';
  if (from !== 'ledger' && from !== 'kafka') throw new UsageError('--from must be ledger or kafka');
  const who = textOption(args, 'who')?.trim() ?? '';
  const why = textOption(args, 'why')?.trim() ?? '';
  if (who === '' || why === '') throw new UsageError('say --who and --why: a rebuild is kept on record');
  return { ledger, from, who, why, switchAnyway: args.values['switch-anyway'] === true };
}

async function assertLedger(pool: pg.Pool, ledger: Id, order: ReturnType<typeof orderOf> | null): Promise<void> {
  let info: LedgerInfo | null;
  try {
    info = await new PostgresLedgerReader(pool).ledger(ledger);
  } catch (error) {
    const { code = 'no answer' } = error as { readonly code?: string };
    throw new UsageError(`the database does not let the projector in (${code}); is it running, is DATABASE_URL right?`);
  }
  if (info === null) throw new UsageError(`there is no ledger ${ledger}`);
  if (order?.from === 'kafka' && info.branchOf !== null)
    throw new UsageError(`${ledger} is a branch: what-ifs are not in the topic`);
}

async function drop(pool: pg.Pool, ledger: Id, generation: number, { out }: CliContext): Promise<ExitCode> {
  await dropGeneration(pool, ledger, generation);
  out.write(`${ledger}: generation ${generation} is dropped\n`);
  return 0;
}

async function rebuild(
  pool: pg.Pool,
  args: ParsedArguments,
  order: ReturnType<typeof orderOf>,
  { config, out, err }: CliContext,
): Promise<ExitCode> {
  const brokers = order.from === 'kafka' ? await knownBrokers(config) : null;
  const { source, close } = await openSource({ pool, ledger: order.ledger, brokers });
  const progress = rebuildProgress(err);
  try {
    const report = await rebuildReadModels({ pool, source, decode: decodeBody, onProgress: progress.show }, order);
    progress.stop();
    out.write(`${args.values['json'] === true ? JSON.stringify(report) : written(report)}\n`);
    return report.outcome === 'switched' ? 0 : 1;
  } finally {
    progress.stop();
    await close();
  }
}
