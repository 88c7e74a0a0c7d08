import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { openPool, PostgresLedgerReader, readIncarnation } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { EVENTS_TOPIC, refillProgress, type RefillProgress } from '#libs/messaging';
import { Metrics, relayOf } from '#libs/services';
import { knownBrokers, relayUrl } from '../cli/database.ts';
import { ledgerOption, textOption } from '../cli/options.ts';
import type { CliContext, ExitCode, ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { rebuildProgress } from '../rebuild/progress.ts';
import { asked } from './asked.ts';
import { relayLog, type RelayLog } from './relay-log.ts';

/**
 * `waybill topic refill`: 0 when the ledgers named are in the topic again, from their first events to where they were when it
 * began; 1 when a defect halted one or the topic is not as it must be; 2 when it could not be tried.
 */
export const runTopic: RunSubcommand = async (args, context) => {
  const [action] = args.positionals;
  if (action !== 'refill') throw new UsageError(`waybill topic can refill, not ${JSON.stringify(action)}`);
  const order = orderOf(args);
  const brokers = await knownBrokers(context.config);
  const pool = openPool(await relayUrl(context.config), {
    applicationName: 'waybill-topic',
    maxConnections: 4,
    onIdleError: (error) => context.err.write(`waybill: a connection broke: ${error.message}\n`),
  });
  const log = relayLog(context.err);
  const incarnation = await incarnationIn(pool);
  const { relay, topic } = relayOf({ pool, brokers, replicas: null, incarnation, log, metrics: new Metrics() });
  try {
    const ledgers = await named(pool, order.ledger);
    const isThere = await topic.exists();
    if (!isThere && !order.create) throw new UsageError(`there is no topic ${topic.topic}; --create makes it`);
    await topic.ensure();
    for (const ledger of ledgers) {
      const before = await asked(pool, { topic: topic.topic, ledger, who: order.who, why: order.why });
      if (before !== null) context.err.write(`${ledger}: going on with what ${before.requestedBy} asked for\n`);
    }
    relay.start();
    const filled = await untilFilled({ pool, log }, ledgers, context);
    return said(filled, log, args, context);
  } finally {
    await relay.stop();
    await pool.end();
  }
};

function orderOf(args: ParsedArguments) {
  const isAll = args.values['all'] === true;
  if (isAll === (textOption(args, 'ledger') !== null)) throw new UsageError('say either --ledger LEDGER or --all');
  const who = textOption(args, 'who')?.trim() ?? '';
  const why = textOption(args, 'why')?.trim() ?? '';
  if (who === '' || why === '') throw new UsageError('say --who and --why: a refill is kept on record');
  return { ledger: isAll ? null : ledgerOption(args), who, why, create: args.values['create'] === true };
}

async function incarnationIn(pool: pg.Pool): Promise<string> {
  try {
    return await readIncarnation(pool);
  } catch (error) {
    await pool.end();
    const { code = 'no answer' } = error as { readonly code?: string };
    throw new UsageError(`the database does not let the relay in (${code}); is it running, is DATABASE_URL right?`);
  }
}

async function named(pool: pg.Pool, ledger: Id | null): Promise<readonly Id[]> {
  const ledgers = await new PostgresLedgerReader(pool).ledgers();
  if (ledgers.some((each) => each.ledger === ledger && each.branchOf !== null))
    throw new UsageError(`${ledger} is a branch: what-ifs are not published`);
  const known = ledgers.filter(({ branchOf }) => branchOf === null).map((each) => each.ledger);
  if (ledger === null) return known;
  if (!known.includes(ledger)) throw new UsageError(`there is no ledger ${ledger}`);
  return [ledger];
}

const LOOK_MS = 250;

/** Waits while the leader works: this process when no other leads, else that other. */
async function untilFilled(
  { pool, log }: { readonly pool: pg.Pool; readonly log: RelayLog },
  ledgers: readonly Id[],
  { err }: CliContext,
): Promise<readonly RefillProgress[]> {
  const display = rebuildProgress(err);
  for (;;) {
    const refills = await refillProgress(pool, EVENTS_TOPIC.topic, ledgers);
    const isHalted = ({ upTo, haltedCode }: RefillProgress) => upTo !== null && haltedCode !== null;
    const isSettled = refills.every((refill) => refill.finished || isHalted(refill));
    if (isSettled || log.refusal !== null) {
      display.stop();
      return refills;
    }
    const goal = refills.reduce((sum, { upTo }) => sum + (upTo ?? 0), 0);
    const position = refills.reduce((sum, each) => sum + Math.min(each.upTo ?? 0, each.position), 0);
    if (goal > 0) display.show({ phase: 'publishing', position, goal });
    await sleep(LOOK_MS);
  }
}

function said(
  refills: readonly RefillProgress[],
  log: RelayLog,
  args: ParsedArguments,
  { out, err }: CliContext,
): ExitCode {
  if (log.refusal !== null) err.write(`waybill: ${log.refusal.code}: ${log.refusal.message}\n`);
  const lines = refills.map((refill) => {
    const { ledger, upTo, finished, haltedCode } = refill;
    return finished
      ? `${ledger}: ${upTo ?? 0} events are in the topic again`
      : `FAIL: ${ledger}: not filled again${haltedCode === null ? '' : `, ${haltedCode}`}`;
  });
  out.write(args.values['json'] === true ? `${JSON.stringify({ refills })}\n` : `${lines.join('\n')}\n`);
  return refills.every(({ finished }) => finished) ? 0 : 1;
}
