import { DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import type { TrancheAmended } from '../amendment/events.ts';
import { laterDay, type Dated } from '../effective-day.ts';
import type { TrancheCancelled } from '../order/events.ts';
import type { UnitsReturned } from '../return/events.ts';
import type { LegRef, ReceiptCorrected, ShortfallCancelled } from '../shipment/events.ts';
import type {
  CommitmentRedirected,
  ProposedLeg,
  RedirectionActivated,
  RedirectionApproved,
  RedirectionLegDelivered,
  RedirectionProposed,
  RedirectionRejected,
  RedirectionWithdrawn,
  ShipmentRedirected,
} from './events.ts';

/** A leg, and what became of its units: accepted, or gone to another leg or cancelled. */
export interface Leg extends ProposedLeg {
  readonly deliveredUnits: number;
  readonly goneUnits: number;
  /** While it waits: the tranche that it takes costs another price than when it was proposed. */
  readonly repriced: boolean;
}

export interface Approval {
  readonly companyId: Id;
  readonly actor: string;
}

interface RedirectionTerms extends Dated {
  readonly redirectionId: Id;
  /** The actor who proposed it. */
  readonly proposedBy: string;
  readonly reason: string;
  /** Leg n is at index n - 1. */
  readonly legs: readonly Leg[];
  /** The companies that must approve, in order of id. */
  readonly parties: readonly Id[];
  readonly approvals: readonly Approval[];
}

export interface ProposedRedirection extends RedirectionTerms {
  readonly status: 'proposed';
}

export interface ActiveRedirection extends RedirectionTerms {
  readonly status: 'active';
}

/** Ended before it began: by a party, or by the proposer. */
export interface EndedRedirection extends RedirectionTerms {
  readonly status: 'rejected' | 'withdrawn';
}

export type Redirection = ProposedRedirection | ActiveRedirection | EndedRedirection;

export type RedirectionState = PersistentMap<Redirection>;

/** What happens to redirections; exposure and funds are kept apart. */
export type RedirectionHistory =
  | RedirectionProposed
  | RedirectionApproved
  | ShipmentRedirected
  | CommitmentRedirected
  | RedirectionActivated
  | RedirectionLegDelivered
  | RedirectionRejected
  | RedirectionWithdrawn
  | TrancheCancelled
  | TrancheAmended
  | ShortfallCancelled
  | ReceiptCorrected
  | UnitsReturned;

export const noRedirections: RedirectionState = PersistentMap.empty();

export function evolveRedirections(state: RedirectionState, event: DecidedEvent<RedirectionHistory>): RedirectionState {
  const { type, data, effectiveAt, actor } = event;
  switch (type) {
    case 'RedirectionProposed':
      return state.set(data.redirectionId, proposed(data, actor, effectiveAt));
    case 'RedirectionApproved':
      return change(state, data.redirectionId, effectiveAt, (redirection) => ({
        ...redirection,
        approvals: [...redirection.approvals, { companyId: data.companyId, actor }],
      }));
    case 'ShipmentRedirected':
    case 'CommitmentRedirected':
      return changeLeg(state, data.previousLeg, (leg) => gone(leg, data.quantity));
    case 'RedirectionActivated':
      return change(state, data.redirectionId, effectiveAt, (redirection) => ({ ...redirection, status: 'active' }));
    case 'RedirectionLegDelivered':
      return changeLeg(dated(state, data.redirectionId, effectiveAt), data, (leg) => delivered(leg, data.quantity));
    case 'ReceiptCorrected':
      return changeLeg(state, data.leg, (leg) => delivered(leg, data.delta));
    case 'UnitsReturned':
      return data.acceptedUnits === 0
        ? state
        : changeLeg(state, data.leg, (leg) => delivered(leg, -data.acceptedUnits));
    case 'TrancheCancelled':
    case 'ShortfallCancelled':
      return changeLeg(state, data.leg, (leg) => gone(leg, data.quantity));
    case 'TrancheAmended':
      return data.unitPriceCents === data.previousUnitPriceCents ? state : repriced(state, data);
    case 'RedirectionRejected':
      return change(state, data.redirectionId, effectiveAt, (redirection) => ({ ...redirection, status: 'rejected' }));
    case 'RedirectionWithdrawn':
      return change(state, data.redirectionId, effectiveAt, (redirection) => ({ ...redirection, status: 'withdrawn' }));
  }
}

/** The redirection; throws `REDIRECTION_UNKNOWN`. */
export function knownRedirection(state: RedirectionState, redirectionId: Id): Redirection {
  const redirection = state.get(redirectionId);
  if (redirection === undefined) throw new DomainError('REDIRECTION_UNKNOWN', { redirectionId });
  return redirection;
}

function proposed(data: RedirectionProposed['data'], proposedBy: string, lastEffectiveAt: Day): ProposedRedirection {
  const { redirectionId, reason, parties } = data;
  const legs = data.legs.map((leg) => ({ ...leg, deliveredUnits: 0, goneUnits: 0, repriced: false }));
  return { status: 'proposed', redirectionId, proposedBy, reason, legs, parties, approvals: [], lastEffectiveAt };
}

function change(
  state: RedirectionState,
  redirectionId: Id,
  effectiveAt: Day,
  changed: (redirection: Redirection) => Redirection,
): RedirectionState {
  const redirection = state.get(redirectionId);
  if (redirection === undefined) return state;
  const lastEffectiveAt = laterDay(redirection.lastEffectiveAt, effectiveAt);
  return state.set(redirectionId, { ...changed(redirection), lastEffectiveAt });
}

function dated(state: RedirectionState, redirectionId: Id, effectiveAt: Day): RedirectionState {
  return change(state, redirectionId, effectiveAt, (redirection) => redirection);
}

/** What happens to the units of a leg has a stream of its own: no approval or rejection is too early for it. */
function changeLeg(state: RedirectionState, ref: LegRef | null, changed: (leg: Leg) => Leg): RedirectionState {
  const redirection = ref === null ? undefined : state.get(ref.redirectionId);
  if (ref === null || redirection === undefined) return state;
  const legs = redirection.legs.map((leg) => (leg.leg === ref.leg ? changed(leg) : leg));
  return state.set(ref.redirectionId, { ...redirection, legs });
}

/** A price is amended seldom: looking through the redirections then is cheaper than keeping them by tranche. */
function repriced(state: RedirectionState, { orderId, trancheId }: TrancheAmended['data']): RedirectionState {
  const takes = (leg: Leg) => leg.shipmentId === null && leg.orderId === orderId && leg.trancheId === trancheId;
  return [...state.values()]
    .filter(({ status, legs }) => status === 'proposed' && legs.some(takes))
    .reduce((redirections, redirection) => {
      const legs = redirection.legs.map((leg) => (takes(leg) ? { ...leg, repriced: true } : leg));
      return redirections.set(redirection.redirectionId, { ...redirection, legs });
    }, state);
}

function delivered(leg: Leg, units: number): Leg {
  return { ...leg, deliveredUnits: leg.deliveredUnits + units };
}

function gone(leg: Leg, units: number): Leg {
  return { ...leg, goneUnits: leg.goneUnits + units };
}
