import type { ApprovalCommand } from './approval/commands.ts';
import type { AmendmentCommand } from './amendment/commands.ts';
import type { ClaimCommand } from './claim/commands.ts';
import type { EvidenceCommand } from './evidence/commands.ts';
import type { FundsCommand } from './funds/commands.ts';
import type { OrderCommand } from './order/commands.ts';
import type { PartyCommand } from './party/commands.ts';
import type { RedirectionCommand } from './redirection/commands.ts';
import type { ReturnCommand } from './return/commands.ts';
import type { ShipmentCommand } from './shipment/commands.ts';
import type { SiteCommand } from './site/commands.ts';
import type { StockCommand } from './stock/commands.ts';

/** Every command of the ledger, by its `type`. */
export type LedgerCommand =
  | PartyCommand
  | SiteCommand
  | StockCommand
  | FundsCommand
  | OrderCommand
  | AmendmentCommand
  | ShipmentCommand
  | ReturnCommand
  | RedirectionCommand
  | ClaimCommand
  | EvidenceCommand
  | ApprovalCommand;

export type LedgerCommandType = LedgerCommand['type'];
