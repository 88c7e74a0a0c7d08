import type { Id } from '#libs/kernel';
import type { ReturnReason } from './events.ts';

/** Of a shipment whose receipt was accepted, by whom it was for: units go back to the supplier. */
export interface ReturnUnits {
  readonly type: 'ReturnUnits';
  readonly returnId: Id;
  readonly shipmentId: Id;
  readonly quantity: number;
  /** Rejected at the receipt; or wrong, and accepted by mistake: then they are rejected now. */
  readonly reason: ReturnReason;
}

/** By the supplier: they arrived. */
export interface ConfirmReturn {
  readonly type: 'ConfirmReturn';
  readonly returnId: Id;
}

export type ReturnCommand = ReturnUnits | ConfirmReturn;
