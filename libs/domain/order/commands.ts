import type { Day, Id } from '#libs/kernel';
import type { ReportedCause } from '../slippage.ts';

export interface PlaceOrder {
  readonly type: 'PlaceOrder';
  readonly orderId: Id;
  readonly companyId: Id;
  readonly supplierId: Id;
  readonly skuId: Id;
  readonly tranches: readonly {
    readonly trancheId: Id;
    readonly quantity: number;
    readonly unitPriceCents: number;
    readonly requestedDate: Day;
    readonly siteId?: Id | null | undefined;
  }[];
}

export interface ApproveOrder {
  readonly type: 'ApproveOrder';
  readonly orderId: Id;
}

export interface ConfirmTranche {
  readonly type: 'ConfirmTranche';
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly promisedDate: Day;
}

/** Not only four eyes: the requester may. */
export interface RejectOrder {
  readonly type: 'RejectOrder';
  readonly orderId: Id;
}

export interface RescheduleTranche {
  readonly type: 'RescheduleTranche';
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly expectedDate: Day;
  readonly cause: ReportedCause;
}

export interface ResiteTranche {
  readonly type: 'ResiteTranche';
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly siteId: Id;
}

export interface CancelTranche {
  readonly type: 'CancelTranche';
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly quantity: number;
}

/** `quantity` of the open units go on as another tranche of the order, which can be redirected alone. */
export interface SplitTranche {
  readonly type: 'SplitTranche';
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly newTrancheId: Id;
  /** Fewer than all that is open. */
  readonly quantity: number;
}

export type OrderCommand =
  | PlaceOrder
  | ApproveOrder
  | RejectOrder
  | ConfirmTranche
  | RescheduleTranche
  | ResiteTranche
  | SplitTranche
  | CancelTranche;
