import type { Day, Id } from '#libs/kernel';
import type { PlaceOrder } from '../order/commands.ts';

/** What is to be another of the open units of a tranche; what is left out stays as it is. */
export interface RequestedChange {
  readonly trancheId: Id;
  /** Units open from then on. More only before the first promise: later ones are new tranches. */
  readonly quantity?: number | undefined;
  readonly unitPriceCents?: number | undefined;
  readonly requestedDate?: Day | undefined;
}

/** By the ordering company, of an approved order. */
export interface ProposeAmendment {
  readonly type: 'ProposeAmendment';
  readonly amendmentId: Id;
  readonly orderId: Id;
  readonly reason: string;
  readonly changes: readonly RequestedChange[];
  readonly newTranches?: PlaceOrder['tranches'] | undefined;
}

/** Four eyes, of an amendment that raises what the order costs. */
export interface ApproveAmendment {
  readonly type: 'ApproveAmendment';
  readonly amendmentId: Id;
}

/** By the supplier: it takes effect. */
export interface ConfirmAmendment {
  readonly type: 'ConfirmAmendment';
  readonly amendmentId: Id;
}

/** By the supplier. */
export interface RejectAmendment {
  readonly type: 'RejectAmendment';
  readonly amendmentId: Id;
}

/** By the ordering company; the proposer may. */
export interface WithdrawAmendment {
  readonly type: 'WithdrawAmendment';
  readonly amendmentId: Id;
}

export type AmendmentCommand =
  ProposeAmendment | ApproveAmendment | ConfirmAmendment | RejectAmendment | WithdrawAmendment;
