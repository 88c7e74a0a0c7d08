import type { TrancheAdded, TrancheAmended } from '#libs/domain';
import { LineUnknown } from '../errors.ts';
import { addedCauses, causesOf, NO_FIGURES, type LineEffect } from './effect.ts';
import { trancheLineId, type Line } from './line.ts';
import { negated, shareOf } from './share.ts';

/** Units that were ordered, and not yet promised. */
export function added(tranche: Omit<TrancheAdded['data'], 'amendmentId' | 'unitPriceCents'>): LineEffect {
  const { orderId, trancheId, companyId, supplierId, skuId, siteId, quantity, requestedDate } = tranche;
  return {
    lineId: trancheLineId({ orderId, trancheId }),
    opens: {
      ...{ orderId, trancheId, shipmentId: null, orderingCompanyId: companyId, companyId, billedCompanyId: companyId },
      ...{ supplierId, skuId, siteId, status: 'unconfirmed', actualDate: null },
      ...{ requestedDate, firstPromisedDate: null, promisedDate: null, expectedDate: requestedDate },
    },
    adds: { ...NO_FIGURES, quantity },
  };
}

/**
 * Units that are not wanted any more take their share of the lateness with them; another day for what was promised is promised by the
 * supplier who confirmed it. Throws LineUnknown when no event opened the tranche.
 */
export function amendedTranche(amendment: TrancheAmended['data'], tranche: Line | undefined): LineEffect {
  const lineId = trancheLineId(amendment);
  if (tranche === undefined) throw new LineUnknown(lineId);
  const { quantity, previousQuantity, requestedDate, expectedDate, previousExpectedDate, slips } = amendment;
  const promised = amendment.firstPromisedDate !== null && requestedDate !== amendment.previousRequestedDate;
  const left = quantity < previousQuantity ? negated(shareOf(tranche, previousQuantity - quantity)) : {};
  return {
    lineId,
    amends: { requestedDate, expectedDate, ...(promised ? { promisedDate: requestedDate } : {}) },
    adds: {
      quantity: quantity - previousQuantity,
      dateChanges: promised && expectedDate !== previousExpectedDate ? 1 : 0,
      causes: addedCauses(left, causesOf(slips)),
    },
  };
}
