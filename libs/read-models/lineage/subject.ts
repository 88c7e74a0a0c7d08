import type { Day, Id } from '#libs/kernel';

/** The figure of a report whose events are asked for, and what its row is found by. */
export interface LineageSubject {
  readonly report: LineageReportName;
  readonly figure: string;
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
  readonly siteId?: Id | undefined;
  readonly debtorId?: Id | undefined;
  readonly creditorId?: Id | undefined;
  readonly cause?: string | undefined;
  readonly claimId?: Id | undefined;
  readonly lineId?: string | undefined;
  readonly redirectionId?: Id | undefined;
  readonly leg?: number | undefined;
  readonly day?: Day | undefined;
  readonly until?: Day | undefined;
}

type Key = Exclude<keyof LineageSubject, 'report' | 'figure'>;

interface Lineage {
  readonly figures: readonly string[];
  /** What a figure must be named by. */
  readonly by: readonly Key[];
  /** What it may be named by besides. */
  readonly optionally?: readonly Key[];
  /** The figure says itself of which days it is: no `validAt`. */
  readonly ownDays?: true;
}

const BUCKET_FIGURES = [
  ...['open', 'inTransit', 'atDock', 'accepted', 'short', 'rejected', 'cancelled', 'over', 'energised'],
  ...['owedTo', 'owedBy'],
];

/** Every report whose figures can be traced to events, its figures, and what each is named by. */
export const LINEAGE = {
  positions: { figures: BUCKET_FIGURES, by: ['companyId', 'skuId'], optionally: ['siteId'] },
  exposures: { figures: ['units'], by: ['debtorId', 'creditorId', 'skuId'] },
  funds: { figures: ['limitCents', 'committedCents', 'consumedCents', 'headroomCents'], by: ['companyId'] },
  slippage: { figures: ['unitDays', 'valueCentDays'], by: ['companyId', 'skuId', 'cause'] },
  'delivery-schedule': { figures: ['quantity', 'dateChanges', 'causes'], by: ['lineId'], optionally: ['cause'] },
  redirections: { figures: ['delivered', 'gone'], by: ['redirectionId', 'leg'] },
  claims: { figures: ['ledger', 'atStatedOn', 'now'], by: ['claimId'], ownDays: true },
  'site-load': { figures: ['usableUnits', 'standing', 'atDock', 'inbound', 'headroom'], by: ['siteId', 'day'] },
  idleness: { figures: ['unitDays'], by: ['siteId', 'until'], ownDays: true },
} as const satisfies Readonly<Record<string, Lineage>>;

export type LineageReportName = keyof typeof LINEAGE;

/** What is wrong with a question, by field; empty when it names one figure. */
export function lineageFaults(
  subject: LineageSubject & { readonly validAt?: Day | null | undefined },
): ReadonlyMap<string, string> {
  const { figures, by, optionally = [], ownDays }: Lineage = LINEAGE[subject.report];
  const faults = new Map<string, string>();
  if (!figures.includes(subject.figure)) faults.set('figure', `must be one of ${figures.join(', ')}`);
  for (const key of by)
    if (subject[key] === undefined) faults.set(key, `is needed to find a figure of ${subject.report}`);
  for (const key of KEYS) {
    if (subject[key] !== undefined && !by.includes(key) && !optionally.includes(key))
      faults.set(key, `finds no figure of ${subject.report}`);
  }
  if (ownDays === true && (subject.validAt ?? null) !== null)
    faults.set('validAt', `is not asked of ${subject.report}, which say themselves of which days they are`);
  if (subject.report === 'delivery-schedule' && (subject.figure === 'causes') !== (subject.cause !== undefined))
    faults.set('cause', 'goes with the figure causes, and is needed there');
  return faults;
}

const KEYS: readonly Key[] = [
  ...(['companyId', 'skuId', 'siteId', 'debtorId', 'creditorId', 'cause'] as const),
  ...(['claimId', 'lineId', 'redirectionId', 'leg', 'day', 'until'] as const),
];
