import { canonicalJson, type Id } from '#libs/kernel';
import { CommandIdReused } from './errors.ts';
import type { Queryable } from './queryable.ts';
import { requestHash } from './request-hash.ts';
import type { Fork } from './types.ts';

export interface BranchOpening {
  /** A ledger's id, of no ledger yet. */
  readonly branch: Id;
  readonly of: Fork;
  readonly title: string | null;
  /** Pseudonym of who opens it. */
  readonly actor: string;
  readonly commandId: string;
  /** The request as the client put it; its canonical hash tells a repeat from another body. */
  readonly request: object;
}

export interface BranchOpeningResult {
  /** `exists`: another command opened a ledger of this name. The last three: of the parent. */
  readonly outcome: 'opened' | 'exists' | 'unknown_parent' | 'branch_of_branch' | 'beyond_head';
  /** Whether this very command opened it before. */
  readonly replayed: boolean;
  /** The parent's last position; null when that was not looked at. */
  readonly headPosition: number | null;
}

interface Columns {
  readonly outcome: BranchOpeningResult['outcome'] | 'known';
  readonly known_request_hash: string | null;
  readonly head: string | null;
}

/** Opens a branch of a ledger, once however often it is sent. Throws {@link CommandIdReused}. */
export async function openBranch(database: Queryable, opening: BranchOpening): Promise<BranchOpeningResult> {
  const { branch, of, title, actor, commandId } = opening;
  const request = canonicalJson(opening.request);
  const { rows } = await database.query<Columns>(
    `select outcome, encode(known_request_hash, 'hex') as known_request_hash, head
       from ledger.open_branch($1, $2, $3, $4, $5, $6, $7)`,
    [branch, of.ledger, of.position, title, actor, commandId, request],
  );
  const [row] = rows;
  if (row === undefined) throw new TypeError('ledger.open_branch answers with a row');
  const replayed = row.outcome === 'known';
  if (replayed && row.known_request_hash !== requestHash(request)) throw new CommandIdReused(commandId);
  const headPosition = row.head === null ? null : Number(row.head);
  return { outcome: row.outcome === 'known' ? 'opened' : row.outcome, replayed, headPosition };
}
