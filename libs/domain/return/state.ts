import { DomainError, PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import type { ReturnConfirmed, ReturnEvent, UnitsReturned } from './events.ts';

/** Units on their way back to the supplier, or there. */
export interface UnitsSentBack extends Dated {
  readonly units: ReturnConfirmed['data'];
  readonly status: 'underway' | 'arrived';
}

export type ReturnState = PersistentMap<UnitsSentBack>;

export const noReturns: ReturnState = PersistentMap.empty();

/** What happens to returns; what they take from a shipment is in the state of shipments. */
export function evolveReturns(state: ReturnState, { type, data, effectiveAt }: DecidedEvent<ReturnEvent>): ReturnState {
  switch (type) {
    case 'UnitsReturned':
      return state.set(data.returnId, { status: 'underway', units: unitsOf(data), lastEffectiveAt: effectiveAt });
    case 'ReturnConfirmed': {
      const sent = state.get(data.returnId);
      if (sent === undefined) return state;
      const lastEffectiveAt = laterDay(sent.lastEffectiveAt, effectiveAt);
      return state.set(data.returnId, { ...sent, status: 'arrived', lastEffectiveAt });
    }
  }
}

/** The return; throws `RETURN_UNKNOWN`. */
export function knownReturn(state: ReturnState, returnId: Id): UnitsSentBack {
  const sent = state.get(returnId);
  if (sent === undefined) throw new DomainError('RETURN_UNKNOWN', { returnId });
  return sent;
}

function unitsOf(sent: UnitsReturned['data']): ReturnConfirmed['data'] {
  const { returnId, shipmentId, orderId, trancheId, companyId, supplierId, skuId, siteId, quantity } = sent;
  return { returnId, shipmentId, orderId, trancheId, companyId, supplierId, skuId, siteId, quantity };
}
