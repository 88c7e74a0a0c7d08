import { decodeBody } from '#libs/contracts';
import { LedgerAudit, type BrokenInvariant } from '#libs/domain';
import type { LedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';

export interface LedgerFindings {
  /** What the books stand at after the last event. */
  readonly audit: LedgerAudit;
  readonly broken: readonly BrokenInvariant[];
}

const PAGE_EVENTS = 2_000;

/** What the events of `ledger` up to `upTo` break of the domain's invariants, whatever the read models say. */
export async function auditLedger(
  reader: LedgerReader,
  ledger: Id,
  upTo: number,
  onProgress: (position: number) => void,
): Promise<LedgerFindings> {
  const audit = new LedgerAudit();
  const broken: BrokenInvariant[] = [];
  for (let after = 0; after < upTo;) {
    const events = await reader.read(ledger, { after, upTo, limit: PAGE_EVENTS });
    const last = events.at(-1);
    if (last === undefined) break;
    for (const event of events) broken.push(...audit.take(decodeBody(event)));
    after = last.position;
    onProgress(after);
  }
  return { audit, broken: [...broken, ...audit.conclude()] };
}
