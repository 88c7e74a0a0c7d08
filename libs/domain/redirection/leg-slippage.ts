import { daysBetween, type Day, type Id } from '#libs/kernel';
import type { Slip } from '../slippage.ts';
import { unitDayProduct, unitDaySum } from '../unit-days.ts';
import type { ActivatedLeg } from './leg-units.ts';
import { crossesCompanies } from './status.ts';

/** Units that one expects on one day at one price. */
interface ExpectedUnits {
  readonly expectedDate: Day;
  readonly quantity: number;
  readonly unitPriceCents: number;
}

/**
 * The slips of a redirection, per company and SKU and of cross-company legs only: what a company gave and what it got, both
 * sorted by (expected date, quantity, price), are matched unit by unit from the earliest; a pair slips by the days from given
 * to got, at the given price. Unmatched units have no date and slip nothing. In order of company, SKU and price.
 */
export function redirectionSlips(legs: readonly ActivatedLeg[]): readonly Slip[] {
  const crossing = legs.filter((each) => crossesCompanies(each.leg));
  const companies = new Set(crossing.flatMap(({ leg }) => [leg.fromCompanyId, leg.toCompanyId]));
  const skus = new Set(crossing.map(({ units }) => units.skuId));
  return [...companies]
    .toSorted()
    .flatMap((companyId) => [...skus].toSorted().flatMap((skuId) => slipsOfOne(companyId, skuId, crossing)));
}

function slipsOfOne(companyId: Id, skuId: Id, legs: readonly ActivatedLeg[]): readonly Slip[] {
  const ofSku = legs.filter(({ units }) => units.skuId === skuId);
  const given = ofSku.filter(({ leg }) => leg.fromCompanyId === companyId).map(({ units }) => units);
  const got = ofSku.filter(({ leg }) => leg.toCompanyId === companyId).map(({ units }) => units);
  return [...unitDaysByPrice(given.toSorted(byExpectation), got.toSorted(byExpectation))]
    .filter(([, unitDays]) => unitDays !== 0)
    .toSorted(([a], [b]) => a - b)
    .map(([unitPriceCents, unitDays]) => ({ companyId, skuId, cause: 'redirection', unitDays, unitPriceCents }));
}

function byExpectation(a: ExpectedUnits, b: ExpectedUnits): number {
  if (a.expectedDate !== b.expectedDate) return a.expectedDate < b.expectedDate ? -1 : 1;
  return a.quantity - b.quantity || a.unitPriceCents - b.unitPriceCents;
}

function unitDaysByPrice(given: readonly ExpectedUnits[], got: readonly ExpectedUnits[]): Map<number, number> {
  const byPrice = new Map<number, number>();
  for (const { from, to, units } of matched(given, got)) {
    const unitDays = unitDayProduct(units, daysBetween(from.expectedDate, to.expectedDate));
    byPrice.set(from.unitPriceCents, unitDaySum([byPrice.get(from.unitPriceCents) ?? 0, unitDays]));
  }
  return byPrice;
}

/** Pairs the units of two lists from the front, as many at a time as both still have. */
function* matched(
  given: readonly ExpectedUnits[],
  got: readonly ExpectedUnits[],
): Generator<{ readonly from: ExpectedUnits; readonly to: ExpectedUnits; readonly units: number }> {
  const rest = got.values();
  let to = rest.next().value;
  let toLeft = to?.quantity ?? 0;
  for (const from of given) {
    let fromLeft = from.quantity;
    while (fromLeft > 0 && to !== undefined) {
      const units = Math.min(fromLeft, toLeft);
      yield { from, to, units };
      fromLeft -= units;
      toLeft -= units;
      if (toLeft === 0) {
        to = rest.next().value;
        toLeft = to?.quantity ?? 0;
      }
    }
  }
}
