import type { LedgerEvent, LegRef } from '#libs/domain';
import type { DecidedEvent, Id } from '#libs/kernel';

/** What becomes of a redirection as a whole, or of the units of one of its legs. */
export interface Happening {
  readonly redirectionId: Id;
  readonly happening: 'approved' | 'activated' | 'rejected' | 'withdrawn' | 'delivered' | 'gone';
  /** For which an actor approved or rejected; null otherwise. */
  readonly companyId: Id | null;
  /** The pseudonym of who did it; null of units. */
  readonly actor: string | null;
  readonly leg: number | null;
  /** Of units delivered or gone; negative where a correction or a return takes some back. */
  readonly units: number | null;
}

/** What `event` says happened to redirections. */
export function happeningsOf({ type, data, actor }: DecidedEvent<LedgerEvent>): readonly Happening[] {
  switch (type) {
    case 'RedirectionApproved':
      return [whole(data.redirectionId, 'approved', data.companyId, actor)];
    case 'RedirectionActivated':
      return [whole(data.redirectionId, 'activated', null, actor)];
    case 'RedirectionRejected':
      return [whole(data.redirectionId, 'rejected', data.companyId, actor)];
    case 'RedirectionWithdrawn':
      return [whole(data.redirectionId, 'withdrawn', null, actor)];
    case 'RedirectionLegDelivered':
      return units(data, 'delivered', data.quantity);
    case 'ReceiptCorrected':
      return units(data.leg, 'delivered', data.delta);
    case 'UnitsReturned':
      return data.acceptedUnits === 0 ? [] : units(data.leg, 'delivered', -data.acceptedUnits);
    case 'ShipmentRedirected':
    case 'CommitmentRedirected':
      return units(data.previousLeg, 'gone', data.quantity);
    case 'TrancheCancelled':
    case 'ShortfallCancelled':
      return units(data.leg, 'gone', data.quantity);
    default:
      return [];
  }
}

function whole(redirectionId: Id, happening: Happening['happening'], companyId: Id | null, actor: string): Happening {
  return { redirectionId, happening, companyId, actor, leg: null, units: null };
}

/** Units on no leg happen to no redirection. */
function units(ref: LegRef | null, happening: 'delivered' | 'gone', quantity: number): readonly Happening[] {
  if (ref === null) return [];
  const { redirectionId, leg } = ref;
  return [{ redirectionId, happening, companyId: null, actor: null, leg, units: quantity }];
}
