import { FIRST_GENERATION } from '../generation.ts';
import { liveGeneration } from '../projection/standing.ts';
import { GenerationBuilder } from './builder.ts';
import { removeGeneration } from './drop.ts';
import { Findings } from './findings.ts';
import { feed } from './feed.ts';
import { whileAlone } from './lock.ts';
import { beginRecord, leftovers, type RebuildOrder } from './record.ts';
import { concluded } from './conclude.ts';
import type { RebuildParts, RebuildReport, RebuildWork } from './work.ts';

/**
 * Builds the read models of a ledger anew beside the live ones, up to where those stand, compares row by row, and puts
 * the new generation live in one transaction: when nothing differs, or `switchAnyway` is said. What another rebuild
 * left unfinished is dropped first. Throws RebuildUnderWay, SourceIncomplete, GenerationTaken.
 *
 * @example await rebuildReadModels(parts, { ledger: 'redirected-h100s', who: 'ada', why: 'new fold of slips' });
 */
export function rebuildReadModels(parts: RebuildParts, order: RebuildOrder): Promise<RebuildReport> {
  return whileAlone(parts.pool, order.ledger, async () => {
    const { pool, source, decode } = parts;
    const { ledger } = order;
    for (const leftover of await leftovers(pool, ledger)) await removeGeneration(pool, ledger, leftover);
    await pool.query(FIRST_LIVE, [ledger, FIRST_GENERATION]);
    const live = await liveGeneration(pool, ledger);
    const generation = await beginRecord(pool, order, source.kind, live);
    const work: RebuildWork = {
      ...parts,
      order,
      live,
      generation,
      builder: new GenerationBuilder({ pool, decode, ledger, generation }),
      findings: new Findings(),
    };
    const startedMs = performance.now();
    await feed(work, pool, parts.patienceMs ?? PATIENCE_MS);
    return concluded(work, performance.now() - startedMs);
  });
}

const PATIENCE_MS = 10_000;

// Of a ledger that was never projected: else the first rows written would be live.
const FIRST_LIVE = `
  insert into read.generations (ledger, active)
  values ($1, $2)
  on conflict do nothing`;
