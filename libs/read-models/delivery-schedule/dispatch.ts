import type { ShipmentDispatched, TrancheCancelled } from '#libs/domain';
import { LineUnknown } from '../errors.ts';
import { addedCauses, causesOf, type LineEffect } from './effect.ts';
import { shipmentLineId, trancheLineId, type Line, type LineFacts } from './line.ts';
import { negated, shareOf } from './share.ts';

/**
 * Units leave the tranche's line for a line of their own, and take with them the promises made to them and their share
 * of the lateness booked so far: so on every line, causes sum to slip days × units for units that never were short.
 * Throws LineUnknown when no event opened the tranche.
 */
export function dispatched(dispatch: ShipmentDispatched['data'], tranche: Line | undefined): readonly LineEffect[] {
  if (tranche === undefined) throw new LineUnknown(trancheLineId(dispatch));
  const { quantity, eta, previousExpectedDate, slips } = dispatch;
  const share = shareOf(tranche, quantity);
  return [
    {
      lineId: trancheLineId(dispatch),
      adds: { quantity: -quantity, dateChanges: 0, causes: negated(share) },
    },
    {
      lineId: shipmentLineId(dispatch),
      opens: factsOf(dispatch, tranche),
      adds: {
        quantity,
        dateChanges: tranche.dateChanges + (eta === previousExpectedDate ? 0 : 1),
        causes: addedCauses(share, causesOf(slips)),
      },
    },
  ];
}

/** Units that will not come take their share of the lateness with them. Throws LineUnknown when no event opened the tranche. */
export function cancelled(cancellation: TrancheCancelled['data'], tranche: Line | undefined): LineEffect {
  const lineId = trancheLineId(cancellation);
  if (tranche === undefined) throw new LineUnknown(lineId);
  const { quantity } = cancellation;
  return {
    lineId,
    amends: { status: 'cancelled' },
    adds: { quantity: -quantity, dateChanges: 0, causes: negated(shareOf(tranche, quantity)) },
  };
}

function factsOf(dispatch: ShipmentDispatched['data'], tranche: Line): LineFacts {
  return {
    orderId: dispatch.orderId,
    trancheId: dispatch.trancheId,
    shipmentId: dispatch.shipmentId,
    orderingCompanyId: dispatch.orderingCompanyId,
    companyId: dispatch.companyId,
    billedCompanyId: dispatch.companyId,
    supplierId: dispatch.supplierId,
    skuId: dispatch.skuId,
    siteId: dispatch.siteId,
    status: 'inTransit',
    requestedDate: tranche.requestedDate,
    firstPromisedDate: tranche.firstPromisedDate,
    promisedDate: tranche.promisedDate,
    expectedDate: dispatch.eta,
    actualDate: null,
  };
}
