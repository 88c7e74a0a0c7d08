import { PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import type { UnitsReturned } from '../return/events.ts';
import type { ReceiptCorrected } from '../shipment/events.ts';
import type { ExposureChanged, ExposureWaived } from './events.ts';

/** Units by SKU, under `A:B` with A before B in order of id: what A owes B, negative when B owes A. */
export type ExposureState = PersistentMap<PersistentMap<number>>;

export const noExposures: ExposureState = PersistentMap.empty();

export function evolveExposures(
  state: ExposureState,
  event: DecidedEvent<ExposureChanged | ExposureWaived | ReceiptCorrected | UnitsReturned>,
): ExposureState {
  const { type, data } = event;
  switch (type) {
    case 'ExposureChanged':
      return owing(state, data, data.units);
    case 'ExposureWaived':
      return owing(state, data, -data.quantity);
    case 'UnitsReturned': {
      const { companyId: debtorId, originCompanyId: creditorId, skuId, acceptedUnits } = data;
      if (debtorId === creditorId || acceptedUnits === 0) return state;
      return owing(state, { debtorId, creditorId, skuId }, -acceptedUnits);
    }
    case 'ReceiptCorrected': {
      const { companyId: debtorId, originCompanyId: creditorId, skuId, delta } = data;
      return debtorId === creditorId ? state : owing(state, { debtorId, creditorId, skuId }, delta);
    }
  }
}

/** Units that the debtor owes the creditor, of one SKU or over all; negative when it is owed. */
export function exposureUnits(state: ExposureState, debtorId: Id, creditorId: Id, skuId?: Id): number {
  const bySku = state.get(pairOf(debtorId, creditorId)) ?? PersistentMap.empty<number>();
  const units = skuId === undefined ? [...bySku.values()].reduce((a, b) => a + b, 0) : (bySku.get(skuId) ?? 0);
  // Not -0 where nothing is owed.
  return debtorId < creditorId ? units : 0 - units;
}

function owing(
  state: ExposureState,
  { debtorId, creditorId, skuId }: { readonly debtorId: Id; readonly creditorId: Id; readonly skuId: Id },
  units: number,
): ExposureState {
  const signed = debtorId < creditorId ? units : -units;
  return state.update(pairOf(debtorId, creditorId), PersistentMap.empty<number>(), (bySku) =>
    bySku.update(skuId, 0, (owed) => owed + signed),
  );
}

function pairOf(companyId: Id, otherId: Id): string {
  return companyId < otherId ? `${companyId}:${otherId}` : `${otherId}:${companyId}`;
}
