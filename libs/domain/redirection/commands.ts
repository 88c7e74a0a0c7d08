import type { Id } from '#libs/kernel';

/** Takes a whole shipment on the way, or all that is open of a tranche. */
export type RequestedLeg = { readonly toCompanyId: Id; readonly toSiteId: Id } & (
  | { readonly shipmentId: Id; readonly orderId?: undefined; readonly trancheId?: undefined }
  | { readonly shipmentId?: undefined; readonly orderId: Id; readonly trancheId: Id }
);

export interface ProposeRedirection {
  readonly type: 'ProposeRedirection';
  readonly redirectionId: Id;
  readonly reason: string;
  readonly legs: readonly RequestedLeg[];
}

export interface ApproveRedirection {
  readonly type: 'ApproveRedirection';
  readonly redirectionId: Id;
  readonly companyId: Id;
}

export interface RejectRedirection {
  readonly type: 'RejectRedirection';
  readonly redirectionId: Id;
  readonly companyId: Id;
}

/** Only by the proposer. */
export interface WithdrawRedirection {
  readonly type: 'WithdrawRedirection';
  readonly redirectionId: Id;
}

/** By the creditor, of what the debtor owes it. */
export interface WaiveExposure {
  readonly type: 'WaiveExposure';
  readonly debtorId: Id;
  readonly creditorId: Id;
  readonly skuId: Id;
  readonly quantity: number;
}

export type RedirectionCommand =
  ProposeRedirection | ApproveRedirection | RejectRedirection | WithdrawRedirection | WaiveExposure;
