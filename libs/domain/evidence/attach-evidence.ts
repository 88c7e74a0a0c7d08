import { DomainError, type DecisionContext, type Id } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { AttachEvidence } from './commands.ts';
import type { EvidenceAttached, EvidenceSubject } from './events.ts';
import { isAttached } from './state.ts';
import { companiesOf } from './subject.ts';

/** A document may be older than the last event of what it is attached to: its day is its own. */
export function attachEvidence(
  { subjectKind, subjectId }: AttachEvidence,
  state: LedgerState,
  context: DecisionContext,
): [EvidenceAttached] {
  const companyIds = companiesOf(state, subjectKind, subjectId);
  if (companyIds === undefined) throw unknownSubject(subjectKind, subjectId);
  checkEffectiveDay(context);
  const sums = context.evidence.map(({ sha256 }) => sha256);
  if (sums.length === 0) throw new DomainError('NO_EVIDENCE', { subjectKind, subjectId });
  const again = sums.find((sha256, n) => sums.indexOf(sha256) < n || isAttached(state.evidence, subjectKind, subjectId, sha256)); // prettier-ignore
  if (again !== undefined) throw new DomainError('ALREADY_ATTACHED', { subjectKind, subjectId, sha256: again });
  const data = { subjectKind, subjectId, companyIds };
  return [{ type: 'EvidenceAttached', stream: streamOf[subjectKind](subjectId), data }];
}

/** What is refused of a subject that is not there, or not for who asks. */
export function unknownSubject(kind: EvidenceSubject, id: Id): DomainError {
  return UNKNOWN[kind](id);
}

const UNKNOWN: Readonly<Record<EvidenceSubject, (id: Id) => DomainError>> = {
  order: (orderId) => new DomainError('ORDER_UNKNOWN', { orderId }),
  amendment: (amendmentId) => new DomainError('AMENDMENT_UNKNOWN', { amendmentId }),
  shipment: (shipmentId) => new DomainError('SHIPMENT_UNKNOWN', { shipmentId }),
  return: (returnId) => new DomainError('RETURN_UNKNOWN', { returnId }),
  redirection: (redirectionId) => new DomainError('REDIRECTION_UNKNOWN', { redirectionId }),
  site: (siteId) => new DomainError('SITE_UNKNOWN', { siteId }),
  claim: (claimId) => new DomainError('CLAIM_UNKNOWN', { claimId }),
};
