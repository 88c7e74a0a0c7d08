import { PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import type { ExposureChanged } from './events.ts';

/** Units by SKU, under `A:B` with A before B in order of id: what A owes B, negative when B owes A. */
export type ExposureState = PersistentMap<PersistentMap<number>>;

export const noExposures: ExposureState = PersistentMap.empty();

export function evolveExposures(state: ExposureState, { data }: DecidedEvent<ExposureChanged>): ExposureState {
  const { debtorId, creditorId, skuId } = data;
  const units = debtorId < creditorId ? data.units : -data.units;
  return state.update(pairOf(debtorId, creditorId), PersistentMap.empty<number>(), (bySku) =>
    bySku.update(skuId, 0, (owed) => owed + units),
  );
}

/** Units that the debtor owes the creditor, of one SKU or over all; negative when it is owed. */
export function exposureUnits(state: ExposureState, debtorId: Id, creditorId: Id, skuId?: Id): number {
  const bySku = state.get(pairOf(debtorId, creditorId)) ?? PersistentMap.empty<number>();
  const units = skuId === undefined ? [...bySku.values()].reduce((a, b) => a + b, 0) : (bySku.get(skuId) ?? 0);
  // Not -0 where nothing is owed.
  return debtorId < creditorId ? units : 0 - units;
}

function pairOf(companyId: Id, otherId: Id): string {
  return companyId < otherId ? `${companyId}:${otherId}` : `${otherId}:${companyId}`;
}
