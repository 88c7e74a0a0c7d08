import type { Day } from '#libs/kernel';
import type { ShipmentRedirected } from '../redirection/events.ts';
import type { UnitsReturned } from '../return/events.ts';
import type { ReceiptAccepted, ShipmentDispatched, ShipmentReceived } from './events.ts';
import type { LostShipment, Shipment, ShipmentAtDock, ShipmentInTransit, ShipmentOnTheWay } from './shipment.ts';

// What each event makes of a shipment.

export function dispatched(data: ShipmentDispatched['data'], lastEffectiveAt: Day): ShipmentInTransit {
  const { shipmentId, orderId, trancheId, orderingCompanyId, supplierId, skuId, unitPriceCents } = data;
  const { companyId, siteId, leg, originCompanyId } = data;
  return {
    ...{ shipmentId, orderId, trancheId, orderingCompanyId, supplierId, skuId, unitPriceCents },
    ...{ companyId, siteId, leg, originCompanyId },
    status: 'inTransit',
    shippedUnits: data.quantity,
    expectedDate: data.eta,
    lastEffectiveAt,
  };
}

export function redirected(shipment: Shipment, to: ShipmentRedirected['data']): Shipment {
  const moved = { ...shipment, companyId: to.toCompanyId, siteId: to.toSiteId, originCompanyId: to.originCompanyId };
  if (to.fromCompanyId === to.toCompanyId) return moved;
  return { ...moved, leg: { redirectionId: to.redirectionId, leg: to.leg } };
}

export function received(shipment: Shipment, { counted, short, over }: ShipmentReceived['data']): ShipmentAtDock {
  return { ...shipment, status: 'atDock', countedUnits: counted, shortUnits: short, overUnits: over };
}

export function onTheWay(shipment: Shipment, status: ShipmentOnTheWay['status']): Shipment {
  return shipment.status === 'inTransit' || shipment.status === 'held' ? { ...shipment, status } : shipment;
}

export function accepted(shipment: Shipment, data: ReceiptAccepted['data'], acceptedOn: Day): Shipment {
  if (shipment.status !== 'atDock') return shipment;
  const { accepted: acceptedUnits, rejected: rejectedUnits } = data;
  const resolutions = { cancelledUnits: 0, replacedUnits: 0 };
  const rejections = { rejectedUnits, everRejectedUnits: rejectedUnits, returnedUnits: 0 };
  return { ...shipment, ...resolutions, ...rejections, status: 'accepted', acceptedOn, acceptedUnits };
}

export function lost(shipment: Shipment): LostShipment {
  const shortUnits = shipment.shippedUnits;
  const none = { countedUnits: 0, overUnits: 0, acceptedUnits: 0, rejectedUnits: 0 };
  return { ...shipment, ...none, shortUnits, cancelledUnits: 0, replacedUnits: 0, status: 'lost' };
}

export function corrected(shipment: Shipment, delta: number): Shipment {
  if (shipment.status !== 'accepted') return shipment;
  return { ...shipment, acceptedUnits: shipment.acceptedUnits + delta, shortUnits: shipment.shortUnits - delta };
}

export function returned(shipment: Shipment, { quantity, acceptedUnits }: UnitsReturned['data']): Shipment {
  if (shipment.status !== 'accepted') return shipment;
  return {
    ...shipment,
    acceptedUnits: shipment.acceptedUnits - acceptedUnits,
    rejectedUnits: shipment.rejectedUnits + acceptedUnits,
    everRejectedUnits: shipment.everRejectedUnits + acceptedUnits,
    returnedUnits: shipment.returnedUnits + quantity,
  };
}

export function resolved(
  shipment: Shipment,
  from: { readonly shortUnits: number; readonly rejectedUnits: number },
  to: { readonly cancelledUnits: number; readonly replacedUnits: number },
): Shipment {
  if (shipment.status !== 'accepted' && shipment.status !== 'lost') return shipment;
  return {
    ...shipment,
    shortUnits: shipment.shortUnits - from.shortUnits,
    rejectedUnits: shipment.rejectedUnits - from.rejectedUnits,
    cancelledUnits: shipment.cancelledUnits + to.cancelledUnits,
    replacedUnits: shipment.replacedUnits + to.replacedUnits,
  };
}
