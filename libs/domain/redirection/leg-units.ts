import type { Day, Id } from '#libs/kernel';
import type { Dated } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { approvedTranche, knownOrderOfTranche, openTranche } from '../order/state.ts';
import type { LegRef } from '../shipment/events.ts';
import { inTransitOrHeld, knownShipment, type ShipmentOnTheWay } from '../shipment/state.ts';
import type { ProposedLeg } from './events.ts';

interface TakenUnits {
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly skuId: Id;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly expectedDate: Day;
  readonly companyId: Id;
  readonly leg: LegRef | null;
  readonly originCompanyId: Id;
}

/** What a leg takes: a whole shipment on the way, or (`shipmentId` null) all that is open of a tranche. */
export type LegUnits =
  | (TakenUnits & { readonly shipmentId: Id; readonly siteId: Id })
  | (TakenUnits & { readonly shipmentId: null; readonly siteId: Id | null });

/** A leg at its activation: as proposed, with the units as they are now. */
export interface ActivatedLeg {
  readonly leg: ProposedLeg;
  readonly units: LegUnits;
}

/** What a leg takes its units from, by id. */
type LegSource = { readonly shipmentId: Id } | { readonly shipmentId?: null | undefined; readonly orderId: Id };

/** The shipment or order whose units the leg takes, where it exists. */
export function legSource(leg: LegSource, { orders, shipments }: LedgerState): Dated | undefined {
  return typeof leg.shipmentId === 'string' ? shipments.get(leg.shipmentId) : orders.get(leg.orderId);
}

/** The units of a shipment; throws `SHIPMENT_UNKNOWN`, `SHIPMENT_NOT_IN_TRANSIT`. */
export function shipmentUnits({ shipments }: LedgerState, shipmentId: Id): LegUnits {
  return unitsOnTheWay(inTransitOrHeld(knownShipment(shipments, shipmentId)));
}

/** The open units of a tranche; throws `ORDER_UNKNOWN`, `TRANCHE_UNKNOWN`, `ORDER_NOT_APPROVED`, `NOTHING_OPEN`. */
export function openUnits(state: LedgerState, orderId: Id, trancheId: Id): LegUnits {
  openTranche(knownOrderOfTranche(state.orders, orderId, trancheId), trancheId);
  return trancheUnits(state, orderId, trancheId);
}

/** The same, also when nothing is open any more (quantity 0). */
export function trancheUnits({ orders }: LedgerState, orderId: Id, trancheId: Id): LegUnits {
  const order = knownOrderOfTranche(orders, orderId, trancheId);
  const tranche = approvedTranche(order, trancheId);
  const { openUnits: quantity, unitPriceCents, expectedDate, companyId, siteId, leg, originCompanyId } = tranche;
  return {
    ...{ orderId, trancheId, shipmentId: null, skuId: order.terms.skuId, quantity, unitPriceCents, expectedDate },
    ...{ companyId, siteId, leg, originCompanyId },
  };
}

function unitsOnTheWay(shipment: ShipmentOnTheWay): LegUnits {
  const { orderId, trancheId, shipmentId, skuId, shippedUnits: quantity, unitPriceCents, expectedDate } = shipment;
  const { companyId, siteId, leg, originCompanyId } = shipment;
  return {
    ...{ orderId, trancheId, shipmentId, skuId, quantity, unitPriceCents, expectedDate },
    ...{ companyId, siteId, leg, originCompanyId },
  };
}
