import { canonicalJson } from '#libs/kernel';
import { requestHash } from './request-hash.ts';
import { CommandIdReused } from './errors.ts';
import type { Queryable } from './queryable.ts';
import type { LedgerInfo } from './types.ts';

export interface LedgerOpening extends Omit<LedgerInfo, 'branchOf'> {
  /** Pseudonym of who opens it. */
  readonly actor: string;
  readonly commandId: string;
  /** The request as the client put it; its canonical hash tells a repeat from another body. */
  readonly request: object;
}

export interface LedgerOpeningResult {
  /** `exists`: another command opened a ledger of this name. */
  readonly outcome: 'opened' | 'exists';
  /** Whether this very command opened it before. */
  readonly replayed: boolean;
}

/** Opens a ledger, once however often it is sent. Throws {@link CommandIdReused}. */
export async function openLedger(database: Queryable, opening: LedgerOpening): Promise<LedgerOpeningResult> {
  const { ledger, clock, currency, title, actor, commandId } = opening;
  const request = canonicalJson(opening.request);
  const { rows } = await database.query<{ outcome: string; known_request_hash: string | null }>(
    `select outcome, encode(known_request_hash, 'hex') as known_request_hash from ledger.open_ledger($1, $2, $3, $4, $5, $6, $7)`,
    [ledger, clock, currency, title, actor, commandId, request],
  );
  const known = rows[0]?.outcome === 'known';
  if (known && rows[0]?.known_request_hash !== requestHash(request)) throw new CommandIdReused(commandId);
  return { outcome: rows[0]?.outcome === 'exists' ? 'exists' : 'opened', replayed: known };
}
