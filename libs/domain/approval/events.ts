import type { DomainEvent, Id } from '#libs/kernel';
import type { RequestableCommandType, RequestedCommand, RequestedCommandType } from './commands.ts';

/** Every command that a ledger can put under four eyes, in order of its name. */
export const REQUESTABLE_COMMANDS = [
  'AllowOverload',
  'ApproveBudget',
  'CorrectReceipt',
  'RecordOpeningBalance',
  'ReturnUnits',
  'SetApprovalLimit',
  'WaiveExposure',
] as const satisfies readonly RequestableCommandType[];

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

/** What is under four eyes from here on, whatever the effective day, and what was before; each in order of name. */
export type PolicyAdopted = DomainEvent<
  'PolicyAdopted',
  {
    readonly fourEyes: readonly RequestableCommandType[];
    readonly previousFourEyes: readonly RequestableCommandType[];
  }
>;

/**
 * A command under four eyes, which would have been accepted; nothing of it has happened. Its effective day, reason and evidence are those of
 * this event, and who asked is its actor.
 */
export type CommandRequested = DomainEvent<
  'CommandRequested',
  {
    /** Numbered by the ledger: `RQ-1`, `RQ-2` … */
    readonly requestId: Id;
    /** Whose people decide it; null: those of the group. */
    readonly companyId: Id | null;
    readonly command: RequestedCommand;
  }
>;

interface DecidedRequest {
  readonly requestId: Id;
  readonly companyId: Id | null;
  readonly command: RequestedCommandType;
  /** Pseudonym of who asked. */
  readonly requestedBy: string;
}

/** What was asked for happens in the same step: its events follow, with the day, reason and evidence of the request, caused by its stream. */
export type RequestApproved = DomainEvent<'RequestApproved', DecidedRequest>;

export type RequestRejected = DomainEvent<'RequestRejected', DecidedRequest>;

export type RequestWithdrawn = DomainEvent<'RequestWithdrawn', DecidedRequest>;

export type ApprovalEvent =
  ApprovalLimitSet | PolicyAdopted | CommandRequested | RequestApproved | RequestRejected | RequestWithdrawn;
