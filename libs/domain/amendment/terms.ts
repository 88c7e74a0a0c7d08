import { DomainError, exactNegative, exactProduct, exactSum, type Day, type ExactInteger } from '#libs/kernel';
import type { OrderedTranche } from '../order/events.ts';
import { approvedTranche, type Order, type Tranche } from '../order/state.ts';
import { loadOf, priceCents } from '../order/terms.ts';
import type { LoadChange } from '../site/capacity-gate.ts';
import type { AmendmentProposed, ProposedChange } from './events.ts';

/** A change with the tranche as it is now. */
export interface ChangedTranche {
  readonly change: ProposedChange;
  readonly tranche: Tranche;
}

/** By which the order costs more; negative: less. */
export function addedCents(changes: readonly ProposedChange[], newTranches: readonly OrderedTranche[]): ExactInteger {
  const costs = changes.flatMap((change) => [
    exactProduct(change.quantity, change.unitPriceCents),
    exactNegative(exactProduct(change.previousQuantity, change.previousUnitPriceCents)),
  ]);
  return exactSum(...costs, priceCents(newTranches));
}

/** The day on which the units would be expected: the one asked for, where it is another. */
export function expectedAfter({ requestedDate, previousRequestedDate, expectedDate }: ProposedChange): Day {
  return requestedDate === previousRequestedDate ? expectedDate : requestedDate;
}

/** The load that leaves its days and what comes instead. */
export function loadChanges(changed: readonly ChangedTranche[], newTranches: readonly OrderedTranche[]): LoadChange[] {
  const moved = changed.flatMap(({ change, tranche: { siteId } }) => [
    { siteId, from: change.expectedDate, units: -change.previousQuantity },
    { siteId, from: expectedAfter(change), units: change.quantity },
  ]);
  return [...moved, ...loadOf(newTranches)];
}

/** The tranches that would change; throws `AMENDMENT_CHANGED` where one is not as it was proposed on, or a new one's id is taken. */
export function unchangedTranches(
  { amendmentId, changes, newTranches }: AmendmentProposed['data'],
  order: Order,
): readonly ChangedTranche[] {
  const changed = changes.map((change) => {
    const tranche = approvedTranche(order, change.trancheId);
    if (!isAsProposed(change, tranche)) throw differing(amendmentId, change.trancheId);
    return { change, tranche };
  });
  for (const { trancheId } of newTranches) {
    if (order.status === 'approved' && order.tranches.has(trancheId)) throw differing(amendmentId, trancheId);
  }
  return changed;
}

function isAsProposed(change: ProposedChange, tranche: Tranche): boolean {
  return (
    tranche.leg === null &&
    tranche.openUnits === change.previousQuantity &&
    tranche.unitPriceCents === change.previousUnitPriceCents &&
    tranche.requestedDate === change.previousRequestedDate &&
    tranche.firstPromisedDate === change.firstPromisedDate &&
    tranche.expectedDate === change.expectedDate
  );
}

function differing(amendmentId: string, trancheId: string): DomainError {
  return new DomainError('AMENDMENT_CHANGED', { amendmentId, trancheId });
}
