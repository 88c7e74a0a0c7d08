import type { LedgerState } from '../ledger-state.ts';
import type { Shipment } from '../shipment/state.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** Invariant 5: what loads each site is what is open, on the way and at the dock there. Standing units are counted by lots. */
export function* brokenLoads(state: LedgerState): Generator<BrokenInvariant> {
  const inbound = new Map<string, number>();
  const atDock = new Map<string, number>();
  const add = (units: Map<string, number>, siteId: string, more: number) =>
    units.set(siteId, (units.get(siteId) ?? 0) + more);
  for (const order of state.orders.values()) {
    for (const { siteId, openUnits } of order.status === 'approved' ? order.tranches.values() : []) {
      if (siteId !== null) add(inbound, siteId, openUnits);
    }
  }
  for (const shipment of state.shipments.values()) {
    if (isOnTheWay(shipment)) add(inbound, shipment.siteId, shipment.shippedUnits);
    else if (shipment.status === 'atDock') add(atDock, shipment.siteId, shipment.countedUnits);
  }
  for (const { siteId, dockUnits, inbound: series } of state.sites.values()) {
    const expected = series.units.reduce((sum, units) => sum + units, 0);
    const counted = { inbound: inbound.get(siteId) ?? 0, atDock: atDock.get(siteId) ?? 0 };
    if (expected === counted.inbound && dockUnits === counted.atDock) continue;
    const found = `inbound ${expected}, at dock ${dockUnits}; tranches and shipments ${counted.inbound}, ${counted.atDock}`;
    yield broken(5, `site ${siteId}`, found);
  }
}

function isOnTheWay({ status }: Shipment): boolean {
  return status === 'inTransit' || status === 'held';
}
