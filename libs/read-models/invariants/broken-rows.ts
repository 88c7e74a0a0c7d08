import type { BrokenInvariant, InvariantNumber } from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { DELIVERY_RULES, MONEY_RULES, UNIT_RULES } from './rules.ts';

/** Where the rows to be looked at stand. */
export interface RowsAt {
  readonly generation: number;
  readonly ledger: Id;
  readonly position: number;
}

/**
 * What the rows of the read models break of the domain's invariants at any position, whatever the ledger says: units and money
 * below zero, debts without their other side, redirections that make units or money, activations without approvals. `db` is signed
 * in as waybill_auditor. At most 100 a rule.
 */
export async function brokenRows(db: Queryable, { generation, ledger, position }: RowsAt): Promise<BrokenInvariant[]> {
  const found: BrokenInvariant[] = [];
  for (const { invariant, select } of [...UNIT_RULES, ...MONEY_RULES, ...DELIVERY_RULES]) {
    const { rows } = await db.query<FoundRow>(`${select} limit 100`, [generation, ledger, position]);
    found.push(...rows.map((row) => brokenOf(invariant, row)));
  }
  return found;
}

interface FoundRow {
  readonly subject: string;
  readonly found: string;
  readonly position: string | null;
}

function brokenOf(invariant: InvariantNumber, { subject, found, position }: FoundRow): BrokenInvariant {
  return { invariant, subject, found, position: position === null ? null : Number(position) };
}
