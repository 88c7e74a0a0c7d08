import { compareExact, type DecidedEvent, type Id } from '#libs/kernel';
import type { LedgerEvent } from '../events.ts';
import type { LedgerState } from '../ledger-state.ts';
import { crossesCompanies } from '../redirection/status.ts';
import { broken, type BrokenInvariant } from './broken-invariant.ts';

/** What `event` itself breaks of invariants 1, 3 and 7, on the books before it. */
export function* brokenByEvent(before: LedgerState, event: DecidedEvent<LedgerEvent>): Generator<BrokenInvariant> {
  const { type, data, position } = event;
  switch (type) {
    case 'OrderApproved':
      yield* ordering(before, data.orderId, data.companyId, position);
      if (before.orders.get(data.orderId)?.requestedBy === event.actor)
        yield broken(7, `order ${data.orderId}`, `requested and approved by ${event.actor}`, position);
      break;
    case 'ShipmentDispatched':
    case 'ShipmentSplit':
    case 'TrancheSplit':
    case 'ReplacementPromised':
      yield* ordering(before, data.orderId, data.orderingCompanyId, position);
      break;
    case 'TrancheAmended':
    case 'TrancheAdded':
      yield* ordering(before, data.orderId, data.companyId, position);
      if (before.amendments.get(data.amendmentId)?.status !== 'confirmed')
        yield broken(7, `amendment ${data.amendmentId}`, `takes effect unconfirmed on ${data.trancheId}`, position);
      break;
    case 'AmendmentApproved':
    case 'AmendmentConfirmed':
      yield* brokenAmendment(before, event);
      break;
    case 'ShipmentReceived': {
      const { shipmentId, counted, shipped, short, over } = data;
      if (counted === shipped - short + over) break;
      const found = `counted ${counted}; shipped ${shipped}, short ${short}, over ${over}`;
      yield broken(1, `shipment ${shipmentId}`, found, position);
      break;
    }
    case 'ReceiptAccepted': {
      const { shipmentId, counted, accepted, rejected } = data;
      if (accepted + rejected === counted) break;
      const found = `accepted ${accepted}, rejected ${rejected}; counted ${counted}`;
      yield broken(1, `shipment ${shipmentId}`, found, position);
      break;
    }
    case 'RequestApproved': {
      const request = before.fourEyes.requests.get(data.requestId);
      const subject = `request ${data.requestId}`;
      if (request?.status !== 'pending')
        yield broken(7, subject, `approved when ${request?.status ?? 'never made'}`, position);
      if (request?.requestedBy === event.actor)
        yield broken(7, subject, `asked for and approved by ${event.actor}`, position);
      break;
    }
    case 'RedirectionApproved':
    case 'RedirectionActivated':
      yield* brokenApprovals(before, event);
      break;
    default:
  }
}

/** The ordering company never changes. */
function* ordering({ orders }: LedgerState, orderId: Id, companyId: Id, position: number): Generator<BrokenInvariant> {
  const orderedBy = orders.get(orderId)?.terms.companyId;
  if (orderedBy !== companyId)
    yield broken(3, `order ${orderId}`, `ordered by ${orderedBy ?? 'nobody'}, then by ${companyId}`, position);
}

/** Nobody approves what they proposed; what costs more is confirmed with an approval only, what is ended not at all. */
function* brokenAmendment(
  { amendments }: LedgerState,
  {
    type,
    data,
    actor,
    position,
  }: DecidedEvent<Extract<LedgerEvent, { type: 'AmendmentApproved' | 'AmendmentConfirmed' }>>,
): Generator<BrokenInvariant> {
  const amendment = amendments.get(data.amendmentId);
  const subject = `amendment ${data.amendmentId}`;
  if (amendment === undefined) {
    yield broken(7, subject, 'never proposed', position);
    return;
  }
  const { status, proposedBy, approvedBy, terms } = amendment;
  if (type === 'AmendmentApproved') {
    if (actor === proposedBy) yield broken(7, subject, `proposed and approved by ${actor}`, position);
    return;
  }
  if (status !== 'approved' || (compareExact(terms.addedCents, 0) > 0 && approvedBy === null))
    yield broken(7, subject, `confirmed when ${status}, approved by ${approvedBy ?? 'nobody'}`, position);
}

type Approving = Extract<LedgerEvent, { type: 'RedirectionApproved' | 'RedirectionActivated' }>;

/** One person approves once, and not what they proposed; what is activated has every party's approval and screened receivers. */
function* brokenApprovals(
  { redirections, parties: { screenings } }: LedgerState,
  { type, data, actor, effectiveAt, position }: DecidedEvent<Approving>,
): Generator<BrokenInvariant> {
  const redirection = redirections.get(data.redirectionId);
  const subject = `redirection ${data.redirectionId}`;
  if (redirection === undefined) {
    yield broken(7, subject, 'never proposed', position);
    return;
  }
  const { proposedBy, approvals, legs } = redirection;
  if (type === 'RedirectionApproved') {
    if (actor === proposedBy) yield broken(7, subject, `proposed and approved by ${actor}`, position);
    if (approvals.some((each) => each.actor === actor))
      yield broken(7, subject, `approved twice by ${actor}`, position);
    return;
  }
  const crossing = legs.filter(crossesCompanies);
  const parties = new Set(crossing.flatMap(({ fromCompanyId, toCompanyId }) => [fromCompanyId, toCompanyId]));
  for (const companyId of parties) {
    if (!approvals.some((each) => each.companyId === companyId))
      yield broken(7, subject, `active without the approval of ${companyId}`, position);
  }
  for (const companyId of new Set(crossing.map(({ toCompanyId }) => toCompanyId))) {
    const screening = screenings.get(companyId);
    if (screening?.outcome === 'pass' && screening.validUntil >= effectiveAt) continue;
    yield broken(7, subject, `active on ${effectiveAt} without a valid screening of ${companyId}`, position);
  }
}
