import type { Day, Id } from '#libs/kernel';

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

export type OrderCommand = PlaceOrder | ApproveOrder | ConfirmTranche;
