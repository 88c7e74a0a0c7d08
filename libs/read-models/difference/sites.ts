import type { Queryable } from '#libs/event-store';
import type { Day, Id } from '#libs/kernel';
import { headroomSteps } from '../sites/headroom-steps.ts';
import { idlenessReport } from '../sites/idleness.ts';
import { headroomReport } from '../sites/report.ts';
import type { Comparison, Eyes, Figure, Side } from './comparison.ts';
import type { FactStep } from './lines.ts';

/** Headroom, units above what a site can take, and idleness: of all companies' units, so whole or not at all. */
export async function siteFigures(
  { whole, companyIds }: Eyes,
  side: Side,
  { validAt, filter, headroomFrom, idleUntil }: Comparison,
): Promise<readonly Figure[]> {
  if (headroomFrom === null || idleUntil === null) return [];
  const { ledger, asOfPosition } = side;
  const asked = { asOfPosition, companyIds, companyId: filter.companyId, siteId: filter.siteId };
  const left = await headroomReport(whole, ledger, { ...asked, validAt, from: headroomFrom });
  const idle = await idlenessReport(whole, ledger, { ...asked, until: idleUntil });
  return [
    ...left.items.flatMap(({ siteId, companyId, headroom }): Figure[] => [
      { key: { report: 'headroom', figure: 'headroom', siteId }, companyId, value: BigInt(headroom) },
      { key: { report: 'breaches', figure: 'units', siteId }, companyId, value: above(BigInt(headroom)) },
    ]),
    ...idle.items.map(({ siteId, companyId, unitDays }): Figure => ({
      key: { report: 'idleness', figure: 'unitDays', siteId },
      companyId,
      value: BigInt(unitDays),
    })),
  ];
}

/** How a site's headroom, or the units above it, went position by position. */
export async function siteSteps(
  db: Queryable,
  side: Side,
  { validAt, headroomFrom }: { readonly validAt: Day | null; readonly headroomFrom: Day },
  { siteId, report }: { readonly siteId: Id; readonly report: 'headroom' | 'breaches' },
): Promise<readonly FactStep[]> {
  const steps = await headroomSteps(db, { ...side, validAt }, siteId, headroomFrom);
  return steps.map(({ position, headroom }) => ({
    position,
    value: report === 'headroom' ? BigInt(headroom) : above(BigInt(headroom)),
  }));
}

function above(headroom: bigint): bigint {
  return headroom < 0n ? -headroom : 0n;
}
