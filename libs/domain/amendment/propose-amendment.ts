import { DomainError, type DecisionContext, type Id } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { OrderedTranche } from '../order/events.ts';
import { knownOrder, openTranche, type ApprovedOrder, type Tranche } from '../order/state.ts';
import { asOrdered } from '../order/terms.ts';
import { checkCapacity } from '../site/capacity-gate.ts';
import { siteOfCompany, type SiteState } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import type { ProposeAmendment, RequestedChange } from './commands.ts';
import type { AmendmentProposed, ProposedChange } from './events.ts';
import { addedCents, loadChanges, type ChangedTranche } from './terms.ts';

/** Notes what is open of each tranche as it is proposed on; takes up no room and no money yet. */
export function proposeAmendment(
  command: ProposeAmendment,
  state: LedgerState,
  context: DecisionContext,
): [AmendmentProposed] {
  const { amendmentId, orderId, reason } = command;
  const order = knownOrder(state.orders, orderId);
  checkEffectiveDay(context, state.amendments.get(amendmentId), order);
  if (state.amendments.has(amendmentId)) throw new DomainError('ALREADY_EXISTS', { amendmentId });
  if (order.status !== 'approved') throw new DomainError('ORDER_NOT_APPROVED', { orderId, status: order.status });
  const { companyId, supplierId } = order.terms;
  if (command.changes.length + (command.newTranches ?? []).length === 0) {
    throw new DomainError('NO_CHANGE', { amendmentId });
  }
  const changed = changedTranches(command.changes, order);
  const changes = changed.map(({ change }) => change);
  const newTranches = addedTranches(command.newTranches ?? [], order, state.sites);
  checkCapacity(state.sites, context.effectiveAt, loadChanges(changed, newTranches));
  return [
    {
      type: 'AmendmentProposed',
      stream: streamOf.amendment(amendmentId),
      data: {
        ...{ amendmentId, orderId, companyId, supplierId, reason, changes, newTranches },
        addedCents: addedCents(changes, newTranches),
      },
    },
  ];
}

/** Checked change by change: the tranche, that it is the ordering company's alone, that no earlier one takes it, and what is changed. */
function changedTranches(requested: readonly RequestedChange[], order: ApprovedOrder): readonly ChangedTranche[] {
  const { orderId } = order.terms;
  const taken = new Set<Id>();
  return requested.map((each) => {
    const { trancheId } = each;
    const tranche = openTranche(order, trancheId);
    if (tranche.leg !== null) throw new DomainError('TRANCHE_REDIRECTED', { orderId, trancheId });
    if (taken.has(trancheId)) throw new DomainError('DUPLICATE_CHANGE', { orderId, trancheId });
    taken.add(trancheId);
    return { change: proposedChange(orderId, each, tranche), tranche };
  });
}

/** Every unit of a tranche has one first promise: units that were not promised with the others are a tranche of their own. */
function proposedChange(orderId: Id, requested: RequestedChange, tranche: Tranche): ProposedChange {
  const { trancheId, firstPromisedDate, expectedDate } = tranche;
  const previousQuantity = tranche.openUnits;
  const previousUnitPriceCents = tranche.unitPriceCents;
  const previousRequestedDate = tranche.requestedDate;
  const { quantity = previousQuantity, unitPriceCents = previousUnitPriceCents } = requested;
  const { requestedDate = previousRequestedDate } = requested;
  const isChange =
    quantity !== previousQuantity ||
    unitPriceCents !== previousUnitPriceCents ||
    requestedDate !== previousRequestedDate;
  if (!isChange) throw new DomainError('NO_CHANGE', { orderId, trancheId });
  if (quantity > previousQuantity && firstPromisedDate !== null) {
    throw new DomainError('TRANCHE_CONFIRMED', { orderId, trancheId, quantity, openUnits: previousQuantity });
  }
  return {
    ...{ trancheId, quantity, previousQuantity, unitPriceCents, previousUnitPriceCents },
    ...{ requestedDate, previousRequestedDate, firstPromisedDate, expectedDate },
  };
}

/** Checked tranche by tranche: its site, and that its id is free. */
function addedTranches(
  requested: NonNullable<ProposeAmendment['newTranches']>,
  order: ApprovedOrder,
  sites: SiteState,
): readonly OrderedTranche[] {
  const { orderId, companyId } = order.terms;
  const taken = new Set<Id>();
  return requested.map(asOrdered).map((tranche) => {
    const { trancheId, siteId } = tranche;
    if (siteId !== null) siteOfCompany(sites, siteId, companyId);
    if (order.tranches.has(trancheId) || taken.has(trancheId)) {
      throw new DomainError('ALREADY_EXISTS', { orderId, trancheId });
    }
    taken.add(trancheId);
    return tranche;
  });
}
