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

export type RedirectionCommand = ProposeRedirection | ApproveRedirection;
