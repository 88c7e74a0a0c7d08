import { compareExact, DomainError, PersistentMap, type Day, type DecidedEvent, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import type { AmendmentEvent, AmendmentProposed } from './events.ts';

interface AmendmentTerms extends Dated {
  readonly terms: AmendmentProposed['data'];
  /** The actor who proposed it. */
  readonly proposedBy: string;
  /** Of the ordering company; null while nobody has, or where nobody had to. */
  readonly approvedBy: string | null;
}

/** Waits for another person of the ordering company. */
export interface ProposedAmendment extends AmendmentTerms {
  readonly status: 'proposed';
}

/** Waits for the supplier: one that costs nothing more is so from the beginning. */
export interface ApprovedAmendment extends AmendmentTerms {
  readonly status: 'approved';
}

export interface EndedAmendment extends AmendmentTerms {
  readonly status: 'confirmed' | 'rejected' | 'withdrawn';
}

export type Amendment = ProposedAmendment | ApprovedAmendment | EndedAmendment;

export type AmendmentState = PersistentMap<Amendment>;

export const noAmendments: AmendmentState = PersistentMap.empty();

/** What happens to amendments; what they do to tranches is in the state of orders. */
export type AmendmentHistory = Exclude<AmendmentEvent, { readonly type: 'TrancheAmended' | 'TrancheAdded' }>;

export function evolveAmendments(state: AmendmentState, event: DecidedEvent<AmendmentHistory>): AmendmentState {
  const { type, data, effectiveAt, actor } = event;
  switch (type) {
    case 'AmendmentProposed':
      return state.set(data.amendmentId, {
        ...{ terms: data, proposedBy: actor, approvedBy: null, lastEffectiveAt: effectiveAt },
        status: compareExact(data.addedCents, 0) > 0 ? 'proposed' : 'approved',
      });
    case 'AmendmentApproved':
      return change(state, data.amendmentId, effectiveAt, { status: 'approved', approvedBy: actor });
    case 'AmendmentConfirmed':
      return change(state, data.amendmentId, effectiveAt, { status: 'confirmed' });
    case 'AmendmentRejected':
      return change(state, data.amendmentId, effectiveAt, { status: 'rejected' });
    case 'AmendmentWithdrawn':
      return change(state, data.amendmentId, effectiveAt, { status: 'withdrawn' });
  }
}

/** The amendment; throws `AMENDMENT_UNKNOWN`. */
export function knownAmendment(state: AmendmentState, amendmentId: Id): Amendment {
  const amendment = state.get(amendmentId);
  if (amendment === undefined) throw new DomainError('AMENDMENT_UNKNOWN', { amendmentId });
  return amendment;
}

/** Throws `AMENDMENT_NOT_APPROVED` while the ordering company has to approve it, and once it is decided. */
export function checkWithSupplier({ status, terms: { amendmentId } }: Amendment): void {
  if (status !== 'approved') throw new DomainError('AMENDMENT_NOT_APPROVED', { amendmentId, status });
}

function change(
  state: AmendmentState,
  amendmentId: Id,
  effectiveAt: Day,
  changed: Pick<Amendment, 'status'> & Partial<Pick<Amendment, 'approvedBy'>>,
): AmendmentState {
  const amendment = state.get(amendmentId);
  if (amendment === undefined) return state;
  const lastEffectiveAt = laterDay(amendment.lastEffectiveAt, effectiveAt);
  return state.set(amendmentId, { ...amendment, ...changed, lastEffectiveAt });
}
