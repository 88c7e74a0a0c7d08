import type { ApprovalEvent } from './approval/events.ts';
import type { AmendmentEvent } from './amendment/events.ts';
import type { ClaimEvent } from './claim/events.ts';
import type { EvidenceEvent } from './evidence/events.ts';
import type { FundsEvent } from './funds/events.ts';
import type { OrderEvent } from './order/events.ts';
import type { PartyEvent } from './party/events.ts';
import type { RedirectionEvent } from './redirection/events.ts';
import type { ReturnEvent } from './return/events.ts';
import type { ShipmentEvent } from './shipment/events.ts';
import type { SiteEvent } from './site/events.ts';
import type { StockEvent } from './stock/events.ts';

/** Every event of the ledger. */
export type LedgerEvent =
  | PartyEvent
  | SiteEvent
  | StockEvent
  | FundsEvent
  | OrderEvent
  | AmendmentEvent
  | ShipmentEvent
  | ReturnEvent
  | RedirectionEvent
  | ClaimEvent
  | EvidenceEvent
  | ApprovalEvent;

export type LedgerEventType = LedgerEvent['type'];
