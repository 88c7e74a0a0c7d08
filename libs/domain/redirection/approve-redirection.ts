import { DomainError, type DecisionContext, type Id } from '#libs/kernel';
import { checkApprovalLimit, limitOf } from '../approval/limits.ts';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import { addedCents } from './added-cents.ts';
import { activation, type ActivationEvent } from './activation.ts';
import type { ApproveRedirection } from './commands.ts';
import type { RedirectionApproved } from './events.ts';
import { legSource } from './leg-units.ts';
import { knownRedirection, type Redirection } from './state.ts';

/** By whom may commit what the company is to take over. The approval that completes the parties activates; refused activation is refused approval. */
export function approveRedirection(
  { redirectionId, companyId }: ApproveRedirection,
  state: LedgerState,
  context: DecisionContext,
): readonly (RedirectionApproved | ActivationEvent)[] {
  const redirection = knownRedirection(state.redirections, redirectionId);
  knownCompany(state.parties, companyId);
  checkEffectiveDay(context, redirection, ...redirection.legs.map((leg) => legSource(leg, state)));
  checkApproval(redirection, companyId, context.actor);
  checkAdded(redirection, companyId, state, context.actor);
  const approved: RedirectionApproved = {
    type: 'RedirectionApproved',
    stream: streamOf.redirection(redirectionId),
    data: { redirectionId, companyId },
  };
  const complete = redirection.approvals.length + 1 === redirection.parties.length;
  return complete ? [approved, ...activation(redirectionId, redirection.legs, state, context)] : [approved];
}

/** What the company is to take over, beside what the person may commit for it. */
function checkAdded({ legs }: Redirection, companyId: Id, state: LedgerState, actor: string): void {
  if (limitOf(state.limits, companyId, actor) === null) return;
  checkApprovalLimit(state.limits, companyId, actor, addedCents(legs, companyId, state));
}

/** Four eyes within a company, and never one person for two of them. */
function checkApproval(redirection: Redirection, companyId: Id, actor: string): void {
  const { redirectionId, status, proposedBy, parties, approvals } = redirection;
  if (status !== 'proposed') throw new DomainError('REDIRECTION_NOT_PROPOSED', { redirectionId, status });
  if (proposedBy === actor) throw new DomainError('SELF_APPROVAL', { redirectionId });
  if (!parties.includes(companyId)) throw new DomainError('NOT_A_PARTY', { redirectionId, companyId });
  if (approvals.some((approval) => approval.companyId === companyId)) {
    throw new DomainError('ALREADY_APPROVED', { redirectionId, companyId });
  }
  const another = approvals.find((approval) => approval.actor === actor);
  if (another !== undefined) {
    throw new DomainError('SAME_APPROVER', { redirectionId, companyId, approvedForCompanyId: another.companyId });
  }
}
