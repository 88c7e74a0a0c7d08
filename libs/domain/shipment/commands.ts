import type { Day, Id } from '#libs/kernel';

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

export type ShipmentCommand = DispatchShipment | ReceiveShipment | AcceptReceipt;
