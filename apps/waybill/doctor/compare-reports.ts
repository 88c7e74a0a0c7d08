import {
  accountOf,
  breaches,
  exposureUnits,
  positionOf,
  type BrokenInvariant,
  type InvariantNumber,
  type LedgerAudit,
  type Shipment,
} from '#libs/domain';
import type { Queryable } from '#libs/event-store';
import {
  breachesReport,
  BUCKETS,
  deliveryScheduleReport,
  exposuresReport,
  fundsReport,
  positionsReport,
  type ScheduleItem,
} from '#libs/read-models';
import type { Id } from '#libs/kernel';

/** What is compared: reports of `ledger` as of a position, with the books that `audit` kept up to it. */
export interface Comparison {
  readonly db: Queryable;
  readonly ledger: Id;
  readonly asOfPosition: number;
  readonly audit: LedgerAudit;
}

/** Where reports say another thing of an invariant's figures than the ledger itself. */
export async function compareReports(comparison: Comparison): Promise<readonly BrokenInvariant[]> {
  return [
    ...(await comparedLines(comparison)),
    ...(await comparedPositions(comparison)),
    ...(await comparedExposures(comparison)),
    ...(await comparedBreaches(comparison)),
    ...(await comparedFunds(comparison)),
  ];
}

type Figures = ReadonlyMap<string, number | string>;

/** Subjects whose figures are not the same; one that is absent is 0. */
function differing(invariant: InvariantNumber, reported: Figures, booked: Figures): readonly BrokenInvariant[] {
  const subjects = new Set([...reported.keys(), ...booked.keys()]);
  return [...subjects].flatMap((subject) => {
    const [said, known] = [reported.get(subject) ?? 0, booked.get(subject) ?? 0];
    const found = `the report says ${said}, the ledger ${known}`;
    return said === known ? [] : [{ invariant, subject, found, position: null }];
  });
}

/** Invariant 1: the units of each tranche and shipment. */
async function comparedLines({ db, ledger, asOfPosition, audit }: Comparison): Promise<readonly BrokenInvariant[]> {
  const reported = new Map<string, number>();
  let page: { readonly items: readonly ScheduleItem[]; readonly hasMore: boolean };
  let afterLineId: string | undefined;
  do {
    page = await deliveryScheduleReport(db, ledger, { asOfPosition, ...(afterLineId && { afterLineId }) });
    for (const { orderId, trancheId, shipmentId, quantity } of page.items) {
      reported.set(shipmentId === null ? `tranche ${orderId}/${trancheId}` : `shipment ${shipmentId}`, quantity);
    }
    afterLineId = page.items.at(-1)?.lineId;
  } while (page.hasMore);
  const booked = new Map<string, number>();
  for (const order of audit.state.orders.values()) {
    for (const { trancheId, openUnits } of order.status === 'approved' ? order.tranches.values() : []) {
      booked.set(`tranche ${order.terms.orderId}/${trancheId}`, openUnits);
    }
  }
  for (const shipment of audit.state.shipments.values()) {
    booked.set(`shipment ${shipment.shipmentId}`, unitsOf(shipment));
  }
  return differing(1, reported, booked);
}

/** On the way, at the dock or accepted; none of a lost one. */
function unitsOf(shipment: Shipment): number {
  if (shipment.status === 'accepted' || shipment.status === 'lost') return shipment.acceptedUnits;
  return shipment.status === 'atDock' ? shipment.countedUnits : shipment.shippedUnits;
}

/** Invariants 1 and 2: every bucket of every company, and accepted units by site and in all. */
async function comparedPositions({ db, ledger, asOfPosition, audit }: Comparison): Promise<readonly BrokenInvariant[]> {
  const { parties, sites } = audit.state;
  const { items } = await positionsReport(db, ledger, { asOfPosition });
  const reported = new Map<string, number | string>();
  const accepted = new Map<string, number>();
  for (const { companyId, skuId, ...item } of items) {
    for (const bucket of BUCKETS) reported.set(`${bucket} of ${companyId}, ${skuId}`, item[bucket]);
    accepted.set(`SKU ${skuId}`, (accepted.get(`SKU ${skuId}`) ?? 0) + Number(item.accepted));
  }
  const booked = new Map<string, number>();
  const received = new Map<string, number>();
  for (const skuId of parties.skus.keys()) {
    for (const companyId of parties.companies.keys()) {
      const buckets = positionOf(audit.state, companyId, skuId);
      for (const bucket of BUCKETS) booked.set(`${bucket} of ${companyId}, ${skuId}`, buckets[bucket]);
    }
    const { opening, accepted: receipts } = audit.booked(skuId);
    received.set(`SKU ${skuId}`, opening + receipts);
  }
  const bySite = await positionsReport(db, ledger, { asOfPosition, bySite: true });
  const standing = new Map<string, number>();
  for (const { siteId, accepted: units } of bySite.items) {
    const site = `site ${siteId ?? 'none'}`;
    standing.set(site, (standing.get(site) ?? 0) + Number(units));
  }
  const stands = new Map([...sites.values()].map(({ siteId, standingUnits }) => [`site ${siteId}`, standingUnits]));
  return [...differing(1, reported, booked), ...differing(2, accepted, received), ...differing(2, standing, stands)];
}

/** Invariant 4. */
async function comparedExposures({ db, ledger, asOfPosition, audit }: Comparison): Promise<readonly BrokenInvariant[]> {
  const { parties, exposures } = audit.state;
  const { items } = await exposuresReport(db, ledger, { asOfPosition });
  const subjectOf = (debtorId: Id, creditorId: Id, skuId: Id) => `exposure of ${debtorId} to ${creditorId}, ${skuId}`;
  const reported = new Map(items.map((each) => [subjectOf(each.debtorId, each.creditorId, each.skuId), each.units]));
  const booked = new Map<string, number>();
  const companies = [...parties.companies.keys()];
  for (const skuId of parties.skus.keys()) {
    for (const debtorId of companies) {
      for (const creditorId of companies.filter((each) => each !== debtorId)) {
        const units = exposureUnits(exposures, debtorId, creditorId, skuId);
        if (units > 0) booked.set(subjectOf(debtorId, creditorId, skuId), units);
      }
    }
  }
  return differing(4, reported, booked);
}

/** Invariant 5: load above usable is listed, each with the events that made it. */
async function comparedBreaches({ db, ledger, asOfPosition, audit }: Comparison): Promise<readonly BrokenInvariant[]> {
  const { items, from } = await breachesReport(db, ledger, { asOfPosition, companyIds: null });
  const reported = new Map(items.map(({ siteId, units }) => [`breach of ${siteId}`, units]));
  const listed: readonly { siteId: Id; units: number }[] = from === null ? [] : breaches(audit.state.sites, from);
  const booked = new Map(listed.map(({ siteId, units }) => [`breach of ${siteId}`, units]));
  const unexplained = items.filter(({ causedBy }) => causedBy.length === 0);
  return [
    ...differing(5, reported, booked),
    ...unexplained.map(({ siteId, units }): BrokenInvariant => {
      return {
        invariant: 5,
        subject: `breach of ${siteId}`,
        found: `${units} units that no event made`,
        position: null,
      };
    }),
  ];
}

/** Invariant 6. */
async function comparedFunds({ db, ledger, asOfPosition, audit }: Comparison): Promise<readonly BrokenInvariant[]> {
  const { items } = await fundsReport(db, ledger, { asOfPosition });
  const reported = new Map<string, number | string>();
  for (const { companyId, limitCents, committedCents, consumedCents } of items) {
    reported.set(`limits of ${companyId}`, limitCents ?? 0);
    reported.set(`committed by ${companyId}`, committedCents);
    reported.set(`consumed by ${companyId}`, consumedCents);
  }
  const booked = new Map<string, number | string>();
  for (const companyId of audit.state.parties.companies.keys()) {
    const { limitCents, committedCents, consumedCents } = accountOf(audit.state.funds, companyId);
    booked.set(`limits of ${companyId}`, limitCents ?? 0);
    booked.set(`committed by ${companyId}`, committedCents);
    booked.set(`consumed by ${companyId}`, consumedCents);
  }
  return differing(6, reported, booked);
}
