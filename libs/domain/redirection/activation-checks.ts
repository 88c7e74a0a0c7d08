import { DomainError, type Day } from '#libs/kernel';
import type { LedgerState } from '../ledger-state.ts';
import { checkScreening } from '../party/screening-check.ts';
import type { ProposedLeg } from './events.ts';
import { shipmentUnits, trancheUnits, type LegUnits } from './leg-units.ts';
import { crossesCompanies } from './status.ts';

/** Throws `END_USER_NOT_SCREENED` unless the latest screening of every receiver passed and is valid on `day`, inclusive. */
export function checkScreenings(legs: readonly ProposedLeg[], { parties }: LedgerState, day: Day): void {
  for (const { toCompanyId } of legs.filter(crossesCompanies)) checkScreening(parties, toCompanyId, day);
}

/** A leg, and whether what it takes costs another price since it was proposed. */
export type LegAsProposed = ProposedLeg & { readonly repriced?: boolean };

/** The units of the leg as they are now; throws `SHIPMENT_NOT_IN_TRANSIT`, `LEG_CHANGED` when they are not those proposed. */
export function unchangedUnits(leg: LegAsProposed, state: LedgerState): LegUnits {
  const units =
    leg.shipmentId === null ? trancheUnits(state, leg.orderId, leg.trancheId) : shipmentUnits(state, leg.shipmentId);
  const unchanged =
    leg.repriced !== true &&
    units.companyId === leg.fromCompanyId &&
    units.quantity === leg.quantity &&
    units.expectedDate === leg.expectedDate;
  if (unchanged) return units;
  const { companyId, quantity, expectedDate } = units;
  throw new DomainError('LEG_CHANGED', { leg: leg.leg, companyId, quantity, expectedDate });
}
