import type { ShipmentEvent } from './events.ts';
import type { Shipment } from './state.ts';

type ShipmentFacts = Extract<ShipmentEvent, { readonly type: 'ShipmentReleased' }>['data'];

/** What every event of a shipment says of it. */
export function factsOf(shipment: Shipment): ShipmentFacts {
  const { shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents } = shipment;
  return { shipmentId, orderId, trancheId, companyId, skuId, siteId, unitPriceCents };
}
