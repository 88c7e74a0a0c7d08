import type { LedgerState } from '../ledger-state.ts';
import { positionOf } from '../position.ts';
import type { Shipment } from '../shipment/state.ts';
import { bookedUnits, type Bookings } from './booked-units.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** Invariants 1 to 3 of the books as they stand: tranches, shipments, buckets and lots. */
export function* brokenUnits(state: LedgerState, bookings: Bookings): Generator<BrokenInvariant> {
  yield* brokenTranches(state);
  yield* brokenShipments(state);
  yield* brokenBuckets(state, bookings);
  yield* brokenStock(state, bookings);
}

function* brokenTranches({ orders, shipments }: LedgerState): Generator<BrokenInvariant> {
  const shippedOf = new Map<string, number>();
  for (const { orderId, trancheId, shippedUnits } of shipments.values()) {
    const line = `${orderId}/${trancheId}`;
    shippedOf.set(line, (shippedOf.get(line) ?? 0) + shippedUnits);
  }
  for (const order of orders.values()) {
    for (const tranche of order.status === 'approved' ? order.tranches.values() : []) {
      const { trancheId, openUnits, cancellations, orderedUnits } = tranche;
      const line = `${order.terms.orderId}/${trancheId}`;
      const cancelled = sum(cancellations.map(({ units }) => units));
      const shipped = shippedOf.get(line) ?? 0;
      if (openUnits + cancelled + shipped !== orderedUnits || openUnits < 0) {
        const found = `open ${openUnits}, cancelled ${cancelled}, shipped ${shipped}; ordered ${orderedUnits}`;
        yield broken(1, `tranche ${line}`, found);
      }
    }
  }
}

function* brokenShipments({ shipments }: LedgerState): Generator<BrokenInvariant> {
  for (const shipment of shipments.values()) {
    if (shipment.status === 'inTransit' || shipment.status === 'held') {
      const { shipmentId, shippedUnits } = shipment;
      if (shippedUnits < 1) yield broken(1, `shipment ${shipmentId}`, `${shippedUnits} units on the way`);
      continue;
    }
    if (shipment.status === 'accepted' && shipment.returnedUnits > shipment.everRejectedUnits) {
      const { shipmentId, returnedUnits, everRejectedUnits } = shipment;
      yield broken(1, `shipment ${shipmentId}`, `${returnedUnits} sent back; ${everRejectedUnits} rejected`);
    }
    const sentUnits = shipment.shippedUnits + shipment.overUnits;
    const parts = partsOf(shipment);
    const known = sum(Object.values(parts));
    if (known === sentUnits && Math.min(...Object.values(parts)) >= 0) continue;
    const said = Object.entries(parts).map(([part, units]) => `${part} ${units}`);
    yield broken(1, `shipment ${shipment.shipmentId}`, `${said.join(', ')}; shipped and over ${sentUnits}`);
  }
}

function partsOf(
  shipment: Extract<Shipment, { status: 'atDock' | 'accepted' | 'lost' }>,
): Readonly<Record<string, number>> {
  const { countedUnits: counted, shortUnits: short } = shipment;
  if (shipment.status === 'atDock') return { counted, short };
  const { acceptedUnits: accepted, rejectedUnits: rejected, cancelledUnits: cancelled } = shipment;
  return { accepted, short, rejected, cancelled, replaced: shipment.replacedUnits };
}

/** Per SKU: what was approved and what was there is in exactly one bucket of one company, none of them below zero. */
function* brokenBuckets(state: LedgerState, bookings: Bookings): Generator<BrokenInvariant> {
  for (const skuId of state.parties.skus.keys()) {
    let held = 0;
    let accepted = 0;
    for (const companyId of state.parties.companies.keys()) {
      const b = positionOf(state, companyId, skuId);
      for (const [bucket, units] of Object.entries(b)) {
        if (units < 0) yield broken(3, `${bucket} of ${companyId}, ${skuId}`, `${units} units`);
      }
      held += b.open + b.inTransit + b.atDock + b.accepted + b.short + b.rejected + b.cancelled - b.over;
      accepted += b.accepted;
    }
    const { ordered, opening, accepted: received } = bookedUnits(bookings, skuId);
    if (held !== ordered + opening) yield broken(1, `SKU ${skuId}`, `${held} in buckets; ${ordered + opening} known`);
    if (accepted !== opening + received)
      yield broken(
        2,
        `SKU ${skuId}`,
        `${accepted} accepted; openings ${opening}, receipts and corrections ${received}`,
      );
  }
}

/** Per SKU the units of lots are those accepted; per site they are those that stand there. */
function* brokenStock({ stock, sites }: LedgerState, bookings: Bookings): Generator<BrokenInvariant> {
  const ofSku = new Map<string, number>();
  const atSite = new Map<string, number>();
  for (const { lotId, skuId, holdings } of stock.values()) {
    for (const { companyId, siteId, units, energisedUnits } of holdings) {
      ofSku.set(skuId, (ofSku.get(skuId) ?? 0) + units);
      atSite.set(siteId, (atSite.get(siteId) ?? 0) + units);
      if (units < 0 || energisedUnits < 0 || energisedUnits > units) {
        yield broken(2, `lot ${lotId} of ${companyId} at ${siteId}`, `${units} units, ${energisedUnits} energised`);
      }
    }
  }
  for (const [skuId, units] of ofSku) {
    const { opening, accepted } = bookedUnits(bookings, skuId);
    if (units !== opening + accepted)
      yield broken(2, `lots of ${skuId}`, `${units} units; ${opening + accepted} booked`);
  }
  for (const { siteId, standingUnits } of sites.values()) {
    const inLots = atSite.get(siteId) ?? 0;
    if (standingUnits !== inLots) yield broken(2, `site ${siteId}`, `${standingUnits} standing; ${inLots} in lots`);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
