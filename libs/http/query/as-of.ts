import { LedgerUnknown, type LedgerInfo, type LedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { edgeProblem } from '../problem/problem.ts';
import type { AsOfQuery } from './query.dto.ts';
import type { QueryPorts } from './query-ports.ts';

const WAIT_MS = 5_000;

/** The position of the ledger that a report is asked for; null: the latest that the reports have. Waits until they have it, some seconds at most. */
export async function awaitedAsOf(
  ports: QueryPorts,
  ledger: Id,
  { asOf, minPosition = 0 }: AsOfQuery,
): Promise<number | null> {
  const position = asOf === undefined ? null : await positionOf(ports.ledgers, ledger, asOf, 'asOf');
  const wanted = Math.max(position ?? 0, minPosition);
  if (wanted > 0) await ports.progress.waitForPosition(ledger, wanted, WAIT_MS);
  return position;
}

/** The ledger; throws {@link LedgerUnknown}. */
export async function knownLedger(ledgers: LedgerReader, ledger: Id): Promise<LedgerInfo> {
  const info = await ledgers.ledger(ledger);
  if (info === null) throw new LedgerUnknown(ledger);
  return info;
}

/** The position that `moment`, a position or an instant, stands for; `field` names it where it is refused. */
export async function positionOf(ledgers: LedgerReader, ledger: Id, moment: string, field: string): Promise<number> {
  if (!/^\d+$/.test(moment)) return ledgers.positionAt(ledger, instantMs(moment));
  const head = await ledgers.head(ledger);
  if (head === null) throw new LedgerUnknown(ledger);
  if (Number(moment) > head.position)
    throw edgeProblem('POSITION_UNKNOWN', { fields: { [field]: Number(moment), headPosition: head.position } });
  return Number(moment);
}

/** The milliseconds of an instant that INSTANT_PATTERN admits. */
export function instantMs(text: string): number {
  return Date.parse(text.toUpperCase());
}
