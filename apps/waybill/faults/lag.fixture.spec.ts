import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';

/** How far each ledger is, by position. */
export interface Reach {
  readonly ledger: string;
  readonly head: number;
  readonly published: number;
  readonly projected: number;
}

/** Resolves when topic and read models of `ledger` have come to `position`. Throws after `patienceMs`. */
export async function reached(owner: pg.Pool, ledger: string, position: number, patienceMs: number): Promise<void> {
  await until(owner, [ledger], patienceMs, (each) => each.published >= position && each.projected >= position);
}

/** Resolves when nothing of `ledgers` is on its way any more. Throws after `patienceMs`. */
export async function withoutLag(owner: pg.Pool, ledgers: readonly string[], patienceMs: number): Promise<void> {
  await until(owner, ledgers, patienceMs, ({ head, published, projected }) => published === head && projected === head);
}

async function until(
  owner: pg.Pool,
  ledgers: readonly string[],
  patienceMs: number,
  holds: (reach: Reach) => boolean,
): Promise<void> {
  const giveUpAtMs = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await owner.query<Reach>(REACH, [ledgers]);
    if (rows.length === ledgers.length && rows.every(holds)) return;
    if (performance.now() > giveUpAtMs) throw new Error(`not there after ${patienceMs} ms: ${JSON.stringify(rows)}`);
    await sleep(50);
  }
}

const REACH = `
  select l.ledger,
         (select coalesce(max(position), 0)::integer from ledger.events where ledger = l.ledger) as head,
         coalesce(publication.position, 0)::integer as published,
         coalesce(checkpoint.position, 0)::integer as projected
  from ledger.ledgers as l
  left join relay.publications as publication using (ledger)
  left join read.generations as live using (ledger)
  left join read.checkpoints as checkpoint on checkpoint.ledger = l.ledger and checkpoint.generation = live.active
  where l.ledger = any ($1)`;
