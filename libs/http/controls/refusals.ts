import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { type ControlItem, type Counted, counted, type ControlsFilter, spanMs } from './control-item.ts';

const FOUR_EYES = new Set(['SELF_APPROVAL', 'SAME_APPROVER']);

/** The head on which the newest refusal of the ledger was decided; 0 where there is none. */
export async function lastRefusal(db: Queryable, ledger: Id): Promise<number> {
  const { rows } = await db.query<{ decided: string | null }>(SELECT_LAST, [ledger]);
  return Number(rows[0]?.decided ?? 0);
}

/** What was refused by decisions on heads up to `decidedUpTo`, by code, command and who asked. */
export async function refusals(
  db: Queryable,
  ledger: Id,
  decidedUpTo: number,
  filter: ControlsFilter,
): Promise<readonly ControlItem[]> {
  const { code = null, command = null, actor = null } = filter;
  const asked = [ledger, decidedUpTo, ...spanMs(filter), code, command, actor];
  const { rows } = await db.query<Counted & { code: string; command: string; actor: string }>(SELECT_REFUSALS, asked);
  return rows.map((row) =>
    counted(FOUR_EYES.has(row.code) ? 'selfApproval' : 'rejection', { ...row, subject: row.code }),
  );
}

const SELECT_LAST = `
  select max(decided_on) as decided
  from ledger.commands
  where ledger = $1 and outcome = 'rejected'`;

const SELECT_REFUSALS = `
  with refused as (
    select actor, recorded_at_ms,
           convert_from(answer, 'UTF8')::json ->> 'code' collate "C" as code,
           convert_from(request, 'UTF8')::json -> 'command' ->> 'type' collate "C" as command
    from ledger.commands
    where ledger = $1 and outcome = 'rejected' and decided_on <= $2
      and recorded_at_ms >= $3 and recorded_at_ms < $4
  )
  select code, command, actor, count(*) as count, max(recorded_at_ms) as last
  from refused
  where ($5::text is null or code = $5)
    and ($6::text is null or command = $6)
    and ($7::text is null or actor = $7)
  group by code, command, actor
  order by code, command, actor`;
