import type { ActorRecord, CommandRecord, EventRecord, LedgerRecord } from './records.ts';

/** Records of a ledger after its first: actors by pseudonym, then events by position, then commands by actor and id. */
export type CopiedRecord = ActorRecord | EventRecord | CommandRecord;

/** A ledger as a file or a database holds it: what it is, and everything that belongs to it, a page at a time. */
export interface LedgerCopy {
  readonly ledger: LedgerRecord;
  pages(): AsyncIterable<readonly CopiedRecord[]>;
}

/** A copy of which the beginning may be had already. */
export interface ResumableCopy extends LedgerCopy {
  /** What follows `beginning` up to its head; null when that is no beginning of this ledger as it stands. */
  pagesAfter(beginning: CopyBeginning): Promise<AsyncIterable<readonly CopiedRecord[]> | null>;
}

export interface CopyBeginning {
  readonly ledger: LedgerRecord;
  readonly actors: readonly ActorRecord[];
  readonly lastEvent: EventRecord | null;
  /** Of any kind. */
  readonly last: CopiedRecord | null;
}

export interface Counts {
  readonly actors: number;
  readonly events: number;
  readonly commands: number;
}

/** Where `a` stands beside `b` in the order of a copy: negative when it comes before. */
export function compareKeys(a: CopiedRecord, b: CopiedRecord): number {
  if (a.kind === 'event' && b.kind === 'event') return a.position - b.position;
  if (a.kind === 'actor' && b.kind === 'actor') return compareBytes(a.actor, b.actor);
  if (a.kind === 'command' && b.kind === 'command') {
    return compareBytes(a.actor, b.actor) || compareBytes(a.commandId, b.commandId);
  }
  return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
}

const KIND_ORDER = ['actor', 'event', 'command'];

/** As collation "C" has it. */
function compareBytes(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
