import type { Id } from '#libs/kernel';
import type { LedgerState } from './ledger-state.ts';
import type { Shipment } from './shipment/state.ts';

/** Units of one company and SKU. Exclusive, but `over` and `energised` (a part of `accepted`). */
export interface Buckets {
  readonly open: number;
  readonly inTransit: number;
  readonly atDock: number;
  readonly accepted: number;
  readonly short: number;
  readonly rejected: number;
  readonly cancelled: number;
  readonly over: number;
  readonly energised: number;
}

/** Where the company's units of the SKU are, counted over the whole state: for checks, not for a busy path. */
export function positionOf(state: LedgerState, companyId: Id, skuId: Id): Buckets {
  return addUp([
    ...openOf(state, companyId, skuId),
    ...shippedOf(state, companyId, skuId),
    ...heldOf(state, companyId, skuId),
  ]);
}

const NOTHING: Buckets = {
  open: 0,
  inTransit: 0,
  atDock: 0,
  accepted: 0,
  short: 0,
  rejected: 0,
  cancelled: 0,
  over: 0,
  energised: 0,
};

const BUCKETS = Object.keys(NOTHING) as (keyof Buckets)[];

function addUp(counts: Iterable<Partial<Buckets>>): Buckets {
  const total = { ...NOTHING };
  for (const count of counts) for (const bucket of BUCKETS) total[bucket] += count[bucket] ?? 0;
  return total;
}

function* openOf({ orders }: LedgerState, companyId: Id, skuId: Id): Generator<Partial<Buckets>> {
  for (const order of orders.values()) {
    if (order.status !== 'approved' || order.terms.skuId !== skuId) continue;
    for (const tranche of order.tranches.values()) {
      if (tranche.companyId === companyId) yield { open: tranche.openUnits };
      for (const each of tranche.cancellations) if (each.companyId === companyId) yield { cancelled: each.units };
    }
  }
}

function* shippedOf({ shipments }: LedgerState, companyId: Id, skuId: Id): Generator<Partial<Buckets>> {
  for (const shipment of shipments.values()) {
    if (shipment.companyId === companyId && shipment.skuId === skuId) yield bucketsOf(shipment);
  }
}

function bucketsOf(shipment: Shipment): Partial<Buckets> {
  switch (shipment.status) {
    case 'inTransit':
    case 'held':
      return { inTransit: shipment.shippedUnits };
    case 'atDock':
      return { atDock: shipment.countedUnits, short: shipment.shortUnits, over: shipment.overUnits };
    case 'accepted':
    case 'lost':
      return {
        short: shipment.shortUnits,
        over: shipment.overUnits,
        rejected: shipment.rejectedUnits,
        cancelled: shipment.cancelledUnits,
      };
  }
}

function* heldOf({ stock }: LedgerState, companyId: Id, skuId: Id): Generator<Partial<Buckets>> {
  for (const lot of stock.values()) {
    for (const holding of lot.skuId === skuId ? lot.holdings : []) {
      if (holding.companyId === companyId) yield { accepted: holding.units, energised: holding.energisedUnits };
    }
  }
}
