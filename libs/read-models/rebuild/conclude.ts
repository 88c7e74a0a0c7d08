import type pg from 'pg';
import { inTransaction } from '../transaction.ts';
import { lockLive } from './drop.ts';
import { GenerationTaken, SourceIncomplete } from './errors.ts';
import { feed, liveStanding } from './feed.ts';
import type { RebuildReport, RebuildWork } from './work.ts';
import { endRecord } from './record.ts';

/**
 * Compares what is there while both generations go on; then holds the live one still, builds and compares the little
 * that came meanwhile, and switches, all in one transaction. A topic that lags behind is given more time unlocked.
 */
export async function concluded(work: RebuildWork, buildMs: number): Promise<RebuildReport> {
  const { pool, builder, findings, order, source } = work;
  for (let round = 1; ; round += 1) {
    const { checkpoint } = await liveStanding(pool, work.live, order.ledger);
    const upTo = Math.min(builder.position, checkpoint.position);
    await findings.compareUpTo(pool, sidesOf(work), upTo, (position) =>
      work.onProgress?.({ phase: 'comparing', position, goal: upTo }),
    );
    const report = await inTransaction(pool, 'begin', (client) => lockedConclusion(work, client, buildMs));
    if (report !== null) return report;
    if (round === ROUNDS_MAX) throw new SourceIncomplete(order.ledger, source.kind, builder.position + 1);
    await feed(work, pool, work.patienceMs ?? PATIENCE_MS);
  }
}

/** Null when the source does not give in time what the live generation has read. */
async function lockedConclusion(
  work: RebuildWork,
  client: pg.PoolClient,
  buildMs: number,
): Promise<RebuildReport | null> {
  const { builder, findings, order, live, generation } = work;
  const { ledger, switchAnyway = false } = order;
  if ((await lockLive(client, ledger)) !== live) throw new GenerationTaken(ledger, generation);
  const isThere = await feed(work, client, LOCKED_WAIT_MS);
  const { checkpoint } = await liveStanding(client, live, ledger);
  // The ledger itself may end before a checkpoint that was tampered with; a topic may only be late.
  if (!isThere && builder.halt === null && work.source.kind === 'kafka') return null;
  await findings.compareRest(work.pool, sidesOf(work), checkpoint.position);
  findings.compareDigest(ledger, builder.digests, checkpoint);
  const differences = findings.report;
  const isShort = builder.halt !== null && !isThere;
  const isSwitched = !isShort && (differences.count === 0 || switchAnyway);
  const digest = builder.digests.get(builder.position) ?? '';
  const { position } = builder;
  const eventsFrom = { ledger: 0, topic: 0, [work.source.kind === 'kafka' ? 'topic' : 'ledger']: position };
  const { ledger: eventsFromLedger, topic: eventsFromTopic } = eventsFrom;
  const end = { position, digest, eventsFromLedger, eventsFromTopic, differences: differences.count, isSwitched };
  if (isSwitched) await client.query(SWITCH, [ledger, generation]);
  if (!(await endRecord(client, ledger, generation, end))) throw new GenerationTaken(ledger, generation);
  const outcome = isSwitched ? 'switched' : isShort ? 'halted' : 'differs';
  return {
    ledger,
    outcome,
    generation,
    beside: live,
    position,
    digest,
    eventsFrom,
    differences,
    halt: builder.halt,
    buildMs,
  };
}

const sidesOf = ({ order, generation, live }: RebuildWork) => ({ ledger: order.ledger, built: generation, live });

const SWITCH = `
  insert into read.generations (ledger, active)
  values ($1, $2)
  on conflict (ledger) do update
    set active = excluded.active`;

/** Projectors of the ledger wait meanwhile; they give up after 15 s and try again. */
const LOCKED_WAIT_MS = 2_000;
const PATIENCE_MS = 10_000;
const ROUNDS_MAX = 5;
