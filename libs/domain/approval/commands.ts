import type { Id } from '#libs/kernel';
import type { ApproveBudget } from '../funds/commands.ts';
import type { WaiveExposure } from '../redirection/commands.ts';
import type { ReturnUnits } from '../return/commands.ts';
import type { CorrectReceipt } from '../shipment/commands.ts';
import type { AllowOverload } from '../site/commands.ts';
import type { RecordOpeningBalance } from '../stock/commands.ts';

/** What a person, or everyone without a limit of their own, may commit for the company by one approval. */
export interface SetApprovalLimit {
  readonly type: 'SetApprovalLimit';
  readonly companyId: Id;
  /** Pseudonym of the person; absent: of all who have no limit of their own. */
  readonly approver?: string | undefined;
  /** Null: none any more. */
  readonly limitCents: number | null;
}

/** What a ledger can put under four eyes. */
export type RequestableCommand =
  | ApproveBudget
  | WaiveExposure
  | RecordOpeningBalance
  | CorrectReceipt
  | ReturnUnits
  | AllowOverload
  | SetApprovalLimit;

export type RequestableCommandType = RequestableCommand['type'];

/** From now on these commands, and no others of those that can be, are under four eyes. Where it lifts one of them, it is itself. */
export interface AdoptPolicy {
  readonly type: 'AdoptPolicy';
  readonly fourEyes: readonly RequestableCommandType[];
}

/** What can be asked for. */
export type RequestedCommand = RequestableCommand | AdoptPolicy;

export type RequestedCommandType = RequestedCommand['type'];

export interface ApproveRequest {
  readonly type: 'ApproveRequest';
  readonly requestId: Id;
}

export interface RejectRequest {
  readonly type: 'RejectRequest';
  readonly requestId: Id;
}

/** Only by who asked. */
export interface WithdrawRequest {
  readonly type: 'WithdrawRequest';
  readonly requestId: Id;
}

export type ApprovalCommand = SetApprovalLimit | AdoptPolicy | ApproveRequest | RejectRequest | WithdrawRequest;
