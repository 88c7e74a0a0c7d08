import type { Day, DomainEvent, ExactInteger, Id } from '#libs/kernel';
import type { ReportedCause, Slip } from '../slippage.ts';

/** A leg of a redirection, numbered from 1 in the order proposed. */
export interface LegRef {
  readonly redirectionId: Id;
  readonly leg: number;
}

/** Where units come from and whose they are. `companyId` is entitled and billed. */
interface ShipmentFacts {
  readonly shipmentId: Id;
  readonly orderId: Id;
  readonly trancheId: Id;
  readonly companyId: Id;
  readonly skuId: Id;
  readonly siteId: Id;
  readonly unitPriceCents: number;
}

export type ShipmentDispatched = DomainEvent<
  'ShipmentDispatched',
  ShipmentFacts & {
    readonly orderingCompanyId: Id;
    readonly supplierId: Id;
    readonly quantity: number;
    readonly eta: Day;
    /** The tranche's expected date, from which `eta` slips under `dispatch`. */
    readonly previousExpectedDate: Day;
    readonly asn: string | null;
    /** The cross-company leg that the units are on. */
    readonly leg: LegRef | null;
    /** Entitled before the first cross-company redirection of these units. */
    readonly originCompanyId: Id;
    readonly slips: readonly Slip[];
  }
>;

/** counted = shipped − short + over. */
export type ShipmentReceived = DomainEvent<
  'ShipmentReceived',
  ShipmentFacts & {
    readonly shipped: number;
    /** The day the shipment was expected: it is inbound no more on it. */
    readonly expectedDate: Day;
    readonly counted: number;
    readonly short: number;
    readonly over: number;
  }
>;

/** accepted + rejected = counted. The accepted units stand at the site as the lot `shipmentId`. */
export type ReceiptAccepted = DomainEvent<
  'ReceiptAccepted',
  ShipmentFacts & {
    readonly counted: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly expectedDate: Day;
    readonly slips: readonly Slip[];
  }
>;

export type EtaRevised = DomainEvent<
  'EtaRevised',
  ShipmentFacts & {
    readonly quantity: number;
    readonly eta: Day;
    readonly previousExpectedDate: Day;
    readonly cause: ReportedCause;
    readonly slips: readonly Slip[];
  }
>;

/** A shipment held is still on the way; it can be redirected, not received. */
export type ShipmentHeld = DomainEvent<'ShipmentHeld', ShipmentFacts & { readonly reason: string }>;

export type ShipmentReleased = DomainEvent<'ShipmentReleased', ShipmentFacts>;

/** `quantity` units of a shipment on its way go on as `newShipmentId`, which is in all else what `shipmentId` is. Nothing moves, nothing slips. */
export type ShipmentSplit = DomainEvent<
  'ShipmentSplit',
  ShipmentFacts & {
    readonly newShipmentId: Id;
    readonly quantity: number;
    readonly held: boolean;
    readonly orderingCompanyId: Id;
    readonly supplierId: Id;
    readonly expectedDate: Day;
    readonly leg: LegRef | null;
    readonly originCompanyId: Id;
  }
>;

/** It never arrives: all `quantity` units are short, and on their way to no site any more. */
export type ShipmentLost = DomainEvent<
  'ShipmentLost',
  ShipmentFacts & {
    readonly quantity: number;
    /** The day the shipment was expected: it is inbound no more on it. */
    readonly expectedDate: Day;
  }
>;

/**
 * `delta` units, once counted short, were accepted after all; negative: the other way round. The lot at the site, the money, the leg
 * and the exposure of `companyId` to `originCompanyId` go with them. Never slips.
 */
export type ReceiptCorrected = DomainEvent<
  'ReceiptCorrected',
  ShipmentFacts & {
    readonly delta: number;
    readonly reason: string;
    /** Moved from committed to consumed; negative: back. */
    readonly amountCents: ExactInteger;
    readonly leg: LegRef | null;
    readonly originCompanyId: Id;
  }
>;

/** `shortUnits` and `rejectedUnits` of a shipment will not come any more. */
export type ShortfallCancelled = DomainEvent<
  'ShortfallCancelled',
  ShipmentFacts & {
    readonly quantity: number;
    readonly shortUnits: number;
    readonly rejectedUnits: number;
    /** The cross-company leg that the units are gone from. */
    readonly leg: LegRef | null;
  }
>;

export type ShipmentEvent =
  | ShipmentDispatched
  | EtaRevised
  | ShipmentHeld
  | ShipmentReleased
  | ShipmentSplit
  | ShipmentReceived
  | ReceiptAccepted
  | ShipmentLost
  | ReceiptCorrected
  | ShortfallCancelled;
