import { exactProduct, exactSum, type ExactInteger } from '#libs/kernel';
import type { LoadChange } from '../site/capacity-gate.ts';
import type { PlaceOrder } from './commands.ts';
import type { OrderedTranche } from './events.ts';

/** A tranche as it was asked for, not yet placed where no site was named. */
export function asOrdered(requested: PlaceOrder['tranches'][number]): OrderedTranche {
  const { trancheId, quantity, unitPriceCents, requestedDate, siteId = null } = requested;
  return { trancheId, quantity, unitPriceCents, requestedDate, siteId };
}

/** What the tranches cost together. */
export function priceCents(tranches: readonly OrderedTranche[]): ExactInteger {
  return exactSum(...tranches.map(({ quantity, unitPriceCents }) => exactProduct(quantity, unitPriceCents)));
}

/** The load that the tranches put on their sites once approved. */
export function loadOf(tranches: readonly OrderedTranche[]): readonly LoadChange[] {
  return tranches.map(({ siteId, requestedDate, quantity }) => ({ siteId, from: requestedDate, units: quantity }));
}
