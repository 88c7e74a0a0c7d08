import type { Id } from '#libs/kernel';

/** What a person, or everyone without a limit of their own, may commit for the company by one approval. */
export interface SetApprovalLimit {
  readonly type: 'SetApprovalLimit';
  readonly companyId: Id;
  /** Pseudonym of the person; absent: of all who have no limit of their own. */
  readonly approver?: string | undefined;
  /** Null: none any more. */
  readonly limitCents: number | null;
}

export type ApprovalCommand = SetApprovalLimit;
