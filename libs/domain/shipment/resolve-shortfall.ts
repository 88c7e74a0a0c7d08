import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { FundsReleased } from '../funds/events.ts';
import { fundsReleased } from '../funds/release.ts';
import type { LedgerState } from '../ledger-state.ts';
import type { ReplacementPromised } from '../order/events.ts';
import { knownOrder, type Order } from '../order/state.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import type { ResolveShortfall } from './commands.ts';
import type { ShortfallCancelled } from './events.ts';
import { factsOf } from './facts.ts';
import { concludedShipment, knownShipment, type ConcludedShipment } from './state.ts';

/** Units short or rejected, short first, are given up or come again as a new tranche of the order. */
export function resolveShortfall(
  command: ResolveShortfall,
  state: LedgerState,
  context: DecisionContext,
): readonly (ShortfallCancelled | FundsReleased | ReplacementPromised)[] {
  const { shipmentId, quantity } = command;
  const known = knownShipment(state.shipments, shipmentId);
  const order = knownOrder(state.orders, known.orderId);
  checkEffectiveDay(context, known, command.resolution === 'replace' ? order : undefined);
  const shipment = concludedShipment(known);
  const { shortUnits, rejectedUnits } = shipment;
  if (quantity > shortUnits + rejectedUnits) {
    throw new DomainError('MORE_THAN_SHORT', { shipmentId, quantity, shortUnits, rejectedUnits });
  }
  return command.resolution === 'cancel' ? cancelled(shipment, quantity) : [replaced(shipment, order, command)];
}

function cancelled(shipment: ConcludedShipment, quantity: number): readonly (ShortfallCancelled | FundsReleased)[] {
  const { shipmentId, orderId, companyId, leg, unitPriceCents } = shipment;
  const event: ShortfallCancelled = {
    type: 'ShortfallCancelled',
    stream: streamOf.shipment(shipmentId),
    data: { ...factsOf(shipment), quantity, ...shortFirst(shipment, quantity), leg },
  };
  return [event, ...fundsReleased({ companyId, orderId, shipmentId }, quantity, unitPriceCents)];
}

function replaced(
  shipment: ConcludedShipment,
  order: Order,
  { quantity, newTrancheId, expectedDate }: Extract<ResolveShortfall, { readonly resolution: 'replace' }>,
): ReplacementPromised {
  const { orderId, trancheId: replacedTrancheId, orderingCompanyId, supplierId, leg, originCompanyId } = shipment;
  if (order.status === 'approved' && order.tranches.has(newTrancheId)) {
    throw new DomainError('ALREADY_EXISTS', { orderId, trancheId: newTrancheId });
  }
  const { expectedDate: previousExpectedDate } = shipment;
  const facts = factsOf(shipment);
  return {
    type: 'ReplacementPromised',
    stream: streamOf.order(orderId),
    data: {
      ...facts,
      trancheId: newTrancheId,
      ...{ replacedTrancheId, quantity, ...shortFirst(shipment, quantity) },
      ...{ orderingCompanyId, supplierId, leg, originCompanyId, expectedDate, previousExpectedDate },
      slips: slipsOf('shortfall', previousExpectedDate, expectedDate, { ...facts, quantity }),
    },
  };
}

function shortFirst(shipment: ConcludedShipment, quantity: number) {
  const shortUnits = Math.min(quantity, shipment.shortUnits);
  return { shortUnits, rejectedUnits: quantity - shortUnits };
}
