import {
  orderById,
  redirectionById,
  shipmentById,
  trancheById,
  type LedgerState,
  type ProposeRedirection,
  type RequestedLeg,
  type WithdrawRedirection,
} from '#libs/domain';
import { DomainError, type Id } from '#libs/kernel';
import { actsFor, type Principal } from './principal.ts';

/**
 * A redirection may be proposed by whom one of its legs leaves or reaches. A leg within one company asks nobody's approval, so that company must be
 * the proposer's own or a party by another leg. Throws the `*_UNKNOWN` of the first thing that is out of reach; a proposal of things that are
 * not there is left to the rules, which refuse it.
 */
export function redirectionScope({ legs }: ProposeRedirection, state: LedgerState, principal: Principal): void {
  const [first] = legs;
  const from = legs.map((leg) => holderOf(leg, state));
  if (first === undefined || from.includes(undefined)) return;
  if (!legs.some((leg, n) => touches(principal, leg, from[n]))) throw unknownThing(first);
  const parties = new Set(legs.flatMap((leg, n) => partiesOf(leg, from[n])));
  const foreign = legs.find(
    (leg, n) => from[n] === leg.toCompanyId && !actsFor(principal, leg.toCompanyId) && !parties.has(leg.toCompanyId),
  );
  if (foreign !== undefined) throw unknownThing(foreign);
}

/** A redirection may be withdrawn by whom one of its legs leaves or reaches; that the proposer alone does, the rules say. */
export function withdrawalScope(
  { redirectionId }: WithdrawRedirection,
  state: LedgerState,
  principal: Principal,
): void {
  const redirection = redirectionById(state, redirectionId);
  if (redirection === undefined) return;
  const companies = redirection.legs.flatMap(({ fromCompanyId, toCompanyId }) => [fromCompanyId, toCompanyId]);
  if (companies.some((companyId) => actsFor(principal, companyId))) return;
  throw new DomainError('REDIRECTION_UNKNOWN', { redirectionId });
}

function touches(principal: Principal, leg: RequestedLeg, from: Id | undefined): boolean {
  return actsFor(principal, leg.toCompanyId) || (from !== undefined && actsFor(principal, from));
}

/** The companies that must approve the leg. */
function partiesOf(leg: RequestedLeg, from: Id | undefined): readonly Id[] {
  return from === undefined || from === leg.toCompanyId ? [] : [from, leg.toCompanyId];
}

/** The company entitled to what the leg takes; undefined when there is no such thing. */
function holderOf(leg: RequestedLeg, state: LedgerState): Id | undefined {
  if (leg.shipmentId !== undefined) return shipmentById(state, leg.shipmentId)?.companyId;
  return trancheById(state, leg.orderId, leg.trancheId)?.companyId ?? orderById(state, leg.orderId)?.terms.companyId;
}

function unknownThing(leg: RequestedLeg): DomainError {
  if (leg.shipmentId !== undefined) return new DomainError('SHIPMENT_UNKNOWN', { shipmentId: leg.shipmentId });
  return new DomainError('ORDER_UNKNOWN', { orderId: leg.orderId });
}
