import { companiesAreRelated, redirectionStatusOf, type ProposedLeg, type RedirectionStatus } from '#libs/domain';
import type { Day, Id } from '#libs/kernel';
import type { DatedHappening, Proposal } from './query.ts';
import type { RelationRow } from './tables.ts';

/** A leg with what became of its units. */
export interface LegStatement extends ProposedLeg {
  /** Whether the companies share their topmost parent or whoever controls them; true within one company. */
  readonly related: boolean;
  readonly delivered: number;
  /** On to another leg, or cancelled. */
  readonly gone: number;
  /** Still to be delivered; 0 of a leg within one company, which carries no debt. */
  readonly outstanding: number;
}

export interface RedirectionApproval {
  readonly companyId: Id;
  /** A pseudonym. */
  readonly actor: string;
  readonly on: Day;
}

export interface RedirectionItem {
  readonly redirectionId: Id;
  readonly status: RedirectionStatus;
  readonly reason: string;
  /** A pseudonym. */
  readonly proposedBy: string;
  readonly proposedOn: Day;
  readonly activatedOn: Day | null;
  readonly parties: readonly Id[];
  readonly approvals: readonly RedirectionApproval[];
  /** Whether every leg stays among related companies. */
  readonly related: boolean;
  readonly legs: readonly LegStatement[];
}

/** What `happenings`, those of this redirection in order, made of the proposal. */
export function statementOf(
  { redirectionId, reason, proposedBy, proposedOn, parties, legs: proposed }: Proposal,
  happenings: readonly DatedHappening[],
  companies: ReadonlyMap<Id, RelationRow>,
): RedirectionItem {
  const decided = decidedStatus(happenings);
  const legs = proposed.map((leg) => legStatement(leg, decided, happenings, companies));
  const units = legs.map(({ delivered, gone, ...leg }) => ({ ...leg, deliveredUnits: delivered, goneUnits: gone }));
  return {
    redirectionId,
    status: redirectionStatusOf({ status: decided, legs: units }),
    reason,
    proposedBy,
    proposedOn,
    activatedOn: happenings.find(({ happening }) => happening === 'activated')?.on ?? null,
    parties,
    approvals: happenings.flatMap(approvalOf),
    related: legs.every(({ related }) => related),
    legs,
  };
}

/** The one that a redirection ends its waiting with, if any did. */
function decidedStatus(happenings: readonly DatedHappening[]): Exclude<RedirectionStatus, 'delivered'> {
  for (const { happening } of happenings) {
    if (happening === 'activated') return 'active';
    if (happening === 'rejected' || happening === 'withdrawn') return happening;
  }
  return 'proposed';
}

function legStatement(
  leg: ProposedLeg,
  decided: RedirectionStatus,
  happenings: readonly DatedHappening[],
  companies: ReadonlyMap<Id, RelationRow>,
): LegStatement {
  const { fromCompanyId, toCompanyId, quantity } = leg;
  const unitsOf = (what: 'delivered' | 'gone') =>
    happenings
      .filter((each) => each.happening === what && each.leg === leg.leg)
      .reduce((sum, { units }) => sum + (units ?? 0), 0);
  const delivered = unitsOf('delivered');
  const gone = unitsOf('gone');
  const isOwed = decided === 'active' && fromCompanyId !== toCompanyId;
  return {
    ...leg,
    related: fromCompanyId === toCompanyId || companiesAreRelated(companies, fromCompanyId, toCompanyId),
    delivered,
    gone,
    outstanding: isOwed ? Math.max(0, quantity - delivered - gone) : 0,
  };
}

function approvalOf({ happening, companyId, actor, on }: DatedHappening): readonly RedirectionApproval[] {
  return happening === 'approved' && companyId !== null && actor !== null ? [{ companyId, actor, on }] : [];
}
