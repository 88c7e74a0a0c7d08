import type { DomainEvent, Id } from '#libs/kernel';

/** The latest recorded counts, whatever its effective day. */
export type ApprovalLimitSet = DomainEvent<
  'ApprovalLimitSet',
  {
    readonly companyId: Id;
    /** Pseudonym of the person; null: of all who have no limit of their own. */
    readonly approver: string | null;
    /** What one approval may commit at most; null: none any more. */
    readonly limitCents: number | null;
    readonly previousLimitCents: number | null;
  }
>;

export type ApprovalEvent = ApprovalLimitSet;
