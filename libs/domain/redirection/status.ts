import type { ProposedLeg } from './events.ts';
import type { Leg, Redirection } from './state.ts';

export type RedirectionStatus = 'proposed' | 'active' | 'delivered' | 'rejected' | 'withdrawn';

/** Delivered when every cross-company leg has delivered + gone ≥ its quantity; at once when there is none. */
export function statusOf({ status, legs }: Decided): RedirectionStatus {
  if (status !== 'active') return status;
  const outstanding = legs.some((leg) => crossesCompanies(leg) && leg.deliveredUnits + leg.goneUnits < leg.quantity);
  return outstanding ? 'active' : 'delivered';
}

interface Decided extends Pick<Redirection, 'status'> {
  readonly legs: readonly Omit<Leg, 'repriced'>[];
}

/** Whether the units change company; if not, the leg only changes the site. */
export function crossesCompanies(leg: Pick<ProposedLeg, 'fromCompanyId' | 'toCompanyId'>): boolean {
  return leg.fromCompanyId !== leg.toCompanyId;
}
