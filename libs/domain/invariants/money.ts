import { compareExact, exactProduct, exactSum, type DecidedEvent, type ExactInteger, type Id } from '#libs/kernel';
import { limitOf } from '../approval/limits.ts';
import type { LedgerEvent } from '../events.ts';
import { accountOf } from '../funds/state.ts';
import type { LedgerState } from '../ledger-state.ts';
import { priceCents } from '../order/terms.ts';
import { addedCents } from '../redirection/added-cents.ts';
import type { Shipment } from '../shipment/state.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** Invariant 6 of the books before an approval: nobody commits more than they may at the time. */
export function* brokenLimits(
  before: LedgerState,
  { type, data, actor, position }: DecidedEvent<LedgerEvent>,
): Generator<BrokenInvariant> {
  switch (type) {
    case 'OrderApproved':
      yield* brokenLimit(before, data.companyId, actor, priceCents(data.tranches), position);
      break;
    case 'AmendmentApproved': {
      const costs = before.amendments.get(data.amendmentId)?.terms.addedCents ?? 0;
      yield* brokenLimit(before, data.companyId, actor, costs, position);
      break;
    }
    case 'RedirectionApproved': {
      const legs = before.redirections.get(data.redirectionId)?.legs ?? [];
      yield* brokenLimit(before, data.companyId, actor, addedCents(legs, data.companyId, before), position);
      break;
    }
    default:
  }
}

function* brokenLimit(
  { limits }: LedgerState,
  companyId: Id,
  actor: string,
  amountCents: ExactInteger,
  position: number,
): Generator<BrokenInvariant> {
  const limitCents = limitOf(limits, companyId, actor);
  if (limitCents === null || compareExact(amountCents, limitCents) <= 0) return;
  const found = `${amountCents} approved by ${actor}, who may approve ${limitCents}`;
  yield broken(6, `approval for ${companyId}`, found, position);
}

/** Invariant 6 right after `event`: the accounts that it touched, and that a redirection makes and loses no money. */
export function* brokenByMoney(
  state: LedgerState,
  { type, data, position }: DecidedEvent<LedgerEvent>,
): Generator<BrokenInvariant> {
  switch (type) {
    case 'FundsMoved': {
      const moved = exactSum(...data.moves.map(({ deltaCents }) => deltaCents));
      if (moved !== 0) yield broken(6, `redirection ${data.redirectionId}`, `its money sums to ${moved}`, position);
      for (const { companyId } of data.moves) yield* brokenAccount(state, companyId, position);
      break;
    }
    case 'FundsCommitted':
    case 'FundsConsumed':
    case 'FundsReleased':
    case 'ReceiptCorrected':
    case 'UnitsReturned':
      yield* brokenAccount(state, data.companyId, position);
      break;
    default:
  }
}

function* brokenAccount({ funds }: LedgerState, companyId: Id, position: number): Generator<BrokenInvariant> {
  const { limitCents, committedCents, consumedCents } = accountOf(funds, companyId);
  const isWithin = compareExact(exactSum(committedCents, consumedCents), limitCents ?? 0) <= 0;
  if (isWithin && compareExact(committedCents, 0) >= 0 && compareExact(consumedCents, 0) >= 0) return;
  const found = `committed ${committedCents}, consumed ${consumedCents}; limits ${limitCents ?? 'none'}`;
  yield broken(6, `funds of ${companyId}`, found, position);
}

/** Invariant 6 of the books as they stand: what is committed and consumed is the price of the units not yet and already accepted. */
export function* brokenFunds(state: LedgerState): Generator<BrokenInvariant> {
  const pending = new Map<Id, ExactInteger>();
  const accepted = new Map<Id, ExactInteger>();
  const add = (cents: Map<Id, ExactInteger>, companyId: Id, more: ExactInteger) =>
    cents.set(companyId, exactSum(cents.get(companyId) ?? 0, more));
  for (const order of state.orders.values()) {
    for (const each of order.status === 'approved' ? order.tranches.values() : []) {
      add(pending, each.companyId, exactProduct(each.openUnits, each.unitPriceCents));
    }
  }
  for (const shipment of state.shipments.values()) {
    add(pending, shipment.companyId, exactProduct(pendingUnits(shipment), shipment.unitPriceCents));
    add(accepted, shipment.companyId, exactProduct(acceptedUnits(shipment), shipment.unitPriceCents));
  }
  for (const companyId of state.parties.companies.keys()) {
    const { committedCents, consumedCents } = accountOf(state.funds, companyId);
    const waits = pending.get(companyId) ?? 0;
    const spent = accepted.get(companyId) ?? 0;
    if (committedCents === waits && consumedCents === spent) continue;
    const found = `committed ${committedCents}, consumed ${consumedCents}; units not yet accepted cost ${waits}, accepted ${spent}`;
    yield broken(6, `funds of ${companyId}`, found);
  }
}

function acceptedUnits(shipment: Shipment): number {
  return shipment.status === 'accepted' || shipment.status === 'lost' ? shipment.acceptedUnits : 0;
}

function pendingUnits(shipment: Shipment): number {
  if (shipment.status === 'inTransit' || shipment.status === 'held') return shipment.shippedUnits;
  if (shipment.status === 'accepted' || shipment.status === 'lost') return shipment.shortUnits + shipment.rejectedUnits;
  return shipment.shippedUnits + shipment.overUnits;
}
