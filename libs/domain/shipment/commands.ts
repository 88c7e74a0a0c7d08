import type { Day, Id } from '#libs/kernel';
import type { ReportedCause } from '../slippage.ts';

export interface DispatchShipment {
  readonly type: 'DispatchShipment';
  readonly shipmentId: Id;
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly quantity: number;
  readonly eta: Day;
  readonly asn?: string | undefined;
}

export interface ReceiveShipment {
  readonly type: 'ReceiveShipment';
  readonly shipmentId: Id;
  readonly siteId: Id;
  readonly counted: number;
  readonly acceptOver?: boolean | undefined;
}

export interface AcceptReceipt {
  readonly type: 'AcceptReceipt';
  readonly shipmentId: Id;
  readonly accepted: number;
  readonly rejected?: number | undefined;
}

export interface ReviseEta {
  readonly type: 'ReviseEta';
  readonly shipmentId: Id;
  readonly eta: Day;
  readonly cause: ReportedCause;
}

export interface HoldShipment {
  readonly type: 'HoldShipment';
  readonly shipmentId: Id;
  readonly reason: string;
}

export interface ReleaseShipment {
  readonly type: 'ReleaseShipment';
  readonly shipmentId: Id;
}

/** Of a shipment on its way, held or not: `quantity` of its units go on as another shipment, which can be redirected alone. */
export interface SplitShipment {
  readonly type: 'SplitShipment';
  readonly shipmentId: Id;
  readonly newShipmentId: Id;
  /** Fewer than all. */
  readonly quantity: number;
}

/** Of a shipment on its way, held or not, that will never arrive. */
export interface ReportShipmentLost {
  readonly type: 'ReportShipmentLost';
  readonly shipmentId: Id;
}

export interface CorrectReceipt {
  readonly type: 'CorrectReceipt';
  readonly shipmentId: Id;
  /** Units more, or negative: fewer, that were accepted. */
  readonly delta: number;
  readonly reason: string;
}

export type ResolveShortfall = {
  readonly type: 'ResolveShortfall';
  readonly shipmentId: Id;
  readonly quantity: number;
} & (
  | { readonly resolution: 'cancel'; readonly newTrancheId?: undefined; readonly expectedDate?: undefined }
  | { readonly resolution: 'replace'; readonly newTrancheId: Id; readonly expectedDate: Day }
);

export type ShipmentCommand =
  | DispatchShipment
  | ReviseEta
  | HoldShipment
  | ReleaseShipment
  | SplitShipment
  | ReceiveShipment
  | AcceptReceipt
  | ReportShipmentLost
  | CorrectReceipt
  | ResolveShortfall;
