import { compareExact, type DecisionContext, type Id } from '#libs/kernel';
import { checkBudget } from '../funds/budget-check.ts';
import type { FundsMoved } from '../funds/events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { checkCapacity, type LoadChange } from '../site/capacity-gate.ts';
import { streamOf } from '../streams.ts';
import { unchangedUnits, checkScreenings, type LegAsProposed } from './activation-checks.ts';
import type { CommitmentRedirected, RedirectionActivated, ShipmentRedirected } from './events.ts';
import { fundsDeltas } from './funds-deltas.ts';
import { redirectionSlips } from './leg-slippage.ts';
import type { ActivatedLeg } from './leg-units.ts';
import { crossesCompanies } from './status.ts';

export type ActivationEvent = ShipmentRedirected | CommitmentRedirected | FundsMoved | RedirectionActivated;

/**
 * All legs moved together, with the committed money of those between companies. Refused, in this order, with
 * `END_USER_NOT_SCREENED`, `SHIPMENT_NOT_IN_TRANSIT`, `LEG_CHANGED`, `SITE_CAPACITY_EXCEEDED`, `BUDGET_MISSING`, `BUDGET_EXCEEDED`.
 */
export function activation(
  redirectionId: Id,
  proposed: readonly LegAsProposed[],
  state: LedgerState,
  { effectiveAt }: DecisionContext,
): readonly ActivationEvent[] {
  checkScreenings(proposed, state, effectiveAt);
  const legs = proposed.map((leg) => ({ leg, units: unchangedUnits(leg, state) }));
  checkCapacity(state.sites, effectiveAt, legs.flatMap(loadChanges));
  const moves = fundsDeltas(legs);
  for (const { companyId, deltaCents } of moves) {
    if (compareExact(deltaCents, 0) > 0) checkBudget(state.funds, companyId, deltaCents);
  }
  const stream = streamOf.redirection(redirectionId);
  const fundsMoved: FundsMoved = { type: 'FundsMoved', stream, data: { redirectionId, moves } };
  return [
    ...legs.map((each) => redirected(redirectionId, each)),
    ...(moves.length > 0 ? [fundsMoved] : []),
    { type: 'RedirectionActivated', stream, data: { redirectionId, slips: redirectionSlips(legs) } },
  ];
}

function loadChanges({ leg, units }: ActivatedLeg): readonly LoadChange[] {
  const { expectedDate: from, quantity } = units;
  return [
    { siteId: units.siteId, from, units: -quantity },
    { siteId: leg.toSiteId, from, units: quantity },
  ];
}

/** A leg within one company leaves the cross-company leg that the units are on as it is. */
function redirected(redirectionId: Id, { leg, units }: ActivatedLeg): ShipmentRedirected | CommitmentRedirected {
  const { orderId, trancheId, skuId, quantity, unitPriceCents, expectedDate, originCompanyId } = units;
  const data = {
    ...{ redirectionId, leg: leg.leg, orderId, trancheId, skuId, quantity, unitPriceCents, expectedDate },
    ...{ fromCompanyId: units.companyId, toCompanyId: leg.toCompanyId, toSiteId: leg.toSiteId, originCompanyId },
    previousLeg: crossesCompanies(leg) ? units.leg : null,
  };
  if (units.shipmentId === null) {
    const stream = streamOf.order(orderId);
    return { type: 'CommitmentRedirected', stream, data: { ...data, fromSiteId: units.siteId } };
  }
  const stream = streamOf.shipment(units.shipmentId);
  return {
    type: 'ShipmentRedirected',
    stream,
    data: { ...data, shipmentId: units.shipmentId, fromSiteId: units.siteId },
  };
}
