import type { Day, Id } from '#libs/kernel';

/** A leg as the ledger noted it, or would. */
export interface ProposedLeg {
  readonly leg: number;
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly shipmentId: Id | null;
  readonly skuId: Id;
  readonly quantity: number;
  readonly expectedDate: Day;
  readonly fromCompanyId: Id;
  readonly fromSiteId: Id | null;
  readonly toCompanyId: Id;
  readonly toSiteId: Id;
}

export interface Proposal {
  readonly legs: readonly ProposedLeg[];
  /** The companies that must approve; none: it is active at once. */
  readonly parties: readonly Id[];
}

/** How many units more or less each site is to take, from each day on which that changes. */
export function siteChanges(
  legs: readonly ProposedLeg[],
): readonly { readonly siteId: Id; readonly from: Day; readonly units: number }[] {
  const changes = legs.flatMap(({ fromSiteId, toSiteId, expectedDate, quantity }) => [
    ...(fromSiteId === null ? [] : [{ siteId: fromSiteId, from: expectedDate, units: -quantity }]),
    { siteId: toSiteId, from: expectedDate, units: quantity },
  ]);
  const sites = [...new Set(changes.map(({ siteId }) => siteId))].toSorted();
  return sites.flatMap((siteId) => {
    const own = changes.filter((each) => each.siteId === siteId);
    const days = [...new Set(own.map(({ from }) => from))].toSorted();
    return days.map((from) => ({ siteId, from, units: unitsBy(own, from) }));
  });
}

function unitsBy(changes: readonly { readonly from: Day; readonly units: number }[], day: Day): number {
  return changes.filter(({ from }) => from <= day).reduce((sum, { units }) => sum + units, 0);
}

/** Committed money goes with the units: net by company over the legs between companies, in order of id. */
export function moneyMoves(
  legs: readonly (ProposedLeg & { readonly unitPriceCents: number })[],
): readonly { readonly companyId: Id; readonly deltaCents: bigint }[] {
  const deltas = new Map<Id, bigint>();
  for (const { fromCompanyId, toCompanyId, quantity, unitPriceCents } of legs) {
    const cents = BigInt(quantity) * BigInt(unitPriceCents);
    deltas.set(fromCompanyId, (deltas.get(fromCompanyId) ?? 0n) - cents);
    deltas.set(toCompanyId, (deltas.get(toCompanyId) ?? 0n) + cents);
  }
  return [...deltas]
    .map(([companyId, deltaCents]) => ({ companyId, deltaCents }))
    .filter(({ deltaCents }) => deltaCents !== 0n)
    .toSorted((left, right) => (left.companyId < right.companyId ? -1 : 1));
}
