import { exactNegative, exactProduct, exactSum, type ExactInteger, type Id } from '#libs/kernel';
import type { FundsMoved } from '../funds/events.ts';
import type { ActivatedLeg } from './leg-units.ts';
import { crossesCompanies } from './status.ts';

/** How committed money follows the units, net per company over all legs, in order of id, zeros left out; sums to zero. */
export function fundsDeltas(legs: readonly ActivatedLeg[]): FundsMoved['data']['moves'] {
  const deltas = new Map<Id, ExactInteger>();
  const add = (companyId: Id, cents: ExactInteger) =>
    deltas.set(companyId, exactSum(deltas.get(companyId) ?? 0, cents));
  for (const { leg, units } of legs.filter((each) => crossesCompanies(each.leg))) {
    const amountCents = exactProduct(units.quantity, units.unitPriceCents);
    add(leg.fromCompanyId, exactNegative(amountCents));
    add(leg.toCompanyId, amountCents);
  }
  return [...deltas]
    .map(([companyId, deltaCents]) => ({ companyId, deltaCents }))
    .filter(({ deltaCents }) => deltaCents !== 0)
    .toSorted((a, b) => (a.companyId < b.companyId ? -1 : 1));
}
