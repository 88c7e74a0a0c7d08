import type { DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { slipsOf } from '../slip.ts';
import { streamOf } from '../streams.ts';
import type { ReviseEta } from './commands.ts';
import type { EtaRevised } from './events.ts';
import { factsOf } from './facts.ts';
import { inTransitOrHeld, knownShipment } from './state.ts';

/** A shipment on the way, held or not, is expected on another day; the difference slips under the cause reported. */
export function reviseEta(command: ReviseEta, state: LedgerState, context: DecisionContext): [EtaRevised] {
  const { shipmentId, eta, cause } = command;
  const known = knownShipment(state.shipments, shipmentId);
  checkEffectiveDay(context, known);
  const shipment = inTransitOrHeld(known);
  const { shippedUnits: quantity, expectedDate: previousExpectedDate } = shipment;
  const facts = factsOf(shipment);
  return [
    {
      type: 'EtaRevised',
      stream: streamOf.shipment(shipmentId),
      data: {
        ...facts,
        ...{ quantity, eta, previousExpectedDate, cause },
        slips: slipsOf(cause, previousExpectedDate, eta, { ...facts, quantity }),
      },
    },
  ];
}
