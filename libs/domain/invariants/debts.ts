import { PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import type { LedgerEvent } from '../events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { exposureUnits } from '../redirection/exposure.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** Units forgiven, by debtor, creditor and SKU. */
export type Waivers = PersistentMap<number>;

export const noWaivers: Waivers = PersistentMap.empty();

export function waived(waivers: Waivers, { type, data }: DecidedEvent<LedgerEvent>): Waivers {
  if (type !== 'ExposureWaived') return waivers;
  return waivers.update(debtOf(data), 0, (units) => units + data.quantity);
}

/**
 * Invariant 4: a company owes another the units it accepted of which the other was entitled before their first redirection, less
 * the same the other way round, less waivers. Between commands only: a receipt and its debt are two events of one.
 */
export function* brokenDebts(state: LedgerState, waivers: Waivers): Generator<BrokenInvariant> {
  const owed = new Map<string, number>();
  const add = (debt: string, units: number) => owed.set(debt, (owed.get(debt) ?? 0) + units);
  for (const shipment of state.shipments.values()) {
    const { companyId: debtorId, originCompanyId: creditorId, skuId } = shipment;
    if (shipment.status !== 'accepted' || debtorId === creditorId) continue;
    add(debtOf({ debtorId, creditorId, skuId }), shipment.acceptedUnits);
  }
  for (const [debt, units] of waivers) add(debt, -units);
  const companies = [...state.parties.companies.keys()].toSorted();
  for (const skuId of state.parties.skus.keys()) {
    for (const [index, debtorId] of companies.entries()) {
      for (const creditorId of companies.slice(index + 1)) {
        const there = owed.get(debtOf({ debtorId, creditorId, skuId })) ?? 0;
        const back = owed.get(debtOf({ debtorId: creditorId, creditorId: debtorId, skuId })) ?? 0;
        const units = exposureUnits(state.exposures, debtorId, creditorId, skuId);
        if (units === there - back) continue;
        const found = `${units} units owed; units accepted and waivers make ${there - back}`;
        yield broken(4, `exposure of ${debtorId} to ${creditorId}, ${skuId}`, found);
      }
    }
  }
}

function debtOf({ debtorId, creditorId, skuId }: { debtorId: Id; creditorId: Id; skuId: Id }): string {
  return `${debtorId} ${creditorId} ${skuId}`;
}
