import { streamOf, type LedgerCommand, type LedgerCommandType } from '#libs/domain';
import type { Id } from '#libs/kernel';
import type { Asked } from '../admission/asked.ts';
import type { CommandBody } from './command-body.ts';
import type {
  AmendmentPath,
  LedgerPath,
  OrderPath,
  RedirectionPath,
  RequestPath,
  ReturnPath,
  ShipmentPath,
  SitePath,
} from './paths.ts';

/** A command's fields as its body carries them: without those that stand in the path. */
export type Fields<Command extends LedgerCommand, InPath extends keyof Command | 'type' = 'type'> = Omit<
  Command,
  'type' | InPath
>;

/** A command that was admitted and has the right shape, on its way to the ledger. */
export class SubmitCommand {
  constructor(
    readonly ledger: Id,
    readonly command: LedgerCommand,
    readonly said: Said,
    readonly asked: Asked,
    /** Of the thing that the path names; null where it names none that is there. */
    readonly stream: string | null,
  ) {}
}

/** What was said beside the command's own fields. */
export type Said = Pick<CommandBody, 'effectiveAt' | 'reason' | 'evidence' | 'recordedOn'>;

/** Commands whose rules ask for a reason: there it is a field, and its event carries it. */
const REASON_IS_A_FIELD: ReadonlySet<LedgerCommandType> = new Set<LedgerCommandType>([
  'ProposeRedirection',
  'ProposeAmendment',
  'AllowOverload',
  'HoldShipment',
  'CorrectReceipt',
  'ReturnUnits',
]);

/** The command of `type` with the fields of path and body, each of which the DTOs have checked. */
export function toSubmit(
  type: LedgerCommand['type'],
  path: LedgerPath,
  body: CommandBody,
  asked: Asked,
): SubmitCommand {
  const { ledger, ...named } = path;
  const { effectiveAt, evidence, recordedOn, ...rest } = body;
  const { reason, ...fields } = rest;
  const own = REASON_IS_A_FIELD.has(type) ? rest : fields;
  const command = { type, ...named, ...own } as unknown as LedgerCommand;
  const said = { effectiveAt, reason, evidence, recordedOn };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return new SubmitCommand(ledger, command, Object.fromEntries(given), asked, streamNamed(path));
}

/** The stream of the thing in the path. */
function streamNamed(path: LedgerPath & PathIds): string | null {
  const { orderId, amendmentId, shipmentId, returnId, redirectionId, siteId, requestId } = path;
  if (orderId !== undefined) return streamOf.order(orderId);
  if (amendmentId !== undefined) return streamOf.amendment(amendmentId);
  if (shipmentId !== undefined) return streamOf.shipment(shipmentId);
  if (returnId !== undefined) return streamOf.return(returnId);
  if (redirectionId !== undefined) return streamOf.redirection(redirectionId);
  if (requestId !== undefined) return streamOf.request(requestId);
  return siteId === undefined ? null : streamOf.site(siteId);
}

type PathIds = Partial<
  OrderPath & AmendmentPath & ShipmentPath & ReturnPath & RedirectionPath & SitePath & RequestPath
>;
