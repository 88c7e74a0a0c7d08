import { DomainError, type DecisionContext, type Id } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany } from '../party/state.ts';
import { siteOfCompany } from '../site/state.ts';
import { streamOf } from '../streams.ts';
import { activation, type ActivationEvent } from './activation.ts';
import type { ProposeRedirection, RequestedLeg } from './commands.ts';
import type { ProposedLeg, RedirectionProposed } from './events.ts';
import { legSource, openUnits, shipmentUnits } from './leg-units.ts';
import { crossesCompanies } from './status.ts';

/** Notes company, quantity and expected date of every leg; active at once when no leg changes company. */
export function proposeRedirection(
  command: ProposeRedirection,
  state: LedgerState,
  context: DecisionContext,
): readonly (RedirectionProposed | ActivationEvent)[] {
  const { redirectionId, reason } = command;
  const earlier = state.redirections.get(redirectionId);
  checkEffectiveDay(context, earlier, ...command.legs.map((leg) => legSource(leg, state)));
  if (state.redirections.has(redirectionId)) throw new DomainError('ALREADY_EXISTS', { redirectionId });
  if (command.legs.length === 0) throw new DomainError('NO_LEGS', { redirectionId });
  const legs = proposedLegs(command.legs, state);
  const parties = partiesOf(legs);
  const proposed: RedirectionProposed = {
    type: 'RedirectionProposed',
    stream: streamOf.redirection(redirectionId),
    data: { redirectionId, reason, legs, parties },
  };
  return parties.length > 0 ? [proposed] : [proposed, ...activation(redirectionId, legs, state, context)];
}

/** Checked leg by leg: the units, the receiver, its site, and that no earlier leg takes the same units. */
function proposedLegs(requested: readonly RequestedLeg[], state: LedgerState): readonly ProposedLeg[] {
  const taken = new Set<string>();
  return requested.map((each, index) => {
    const leg = proposedLeg(each, index + 1, state);
    const target = leg.shipmentId ?? `${leg.orderId}/${leg.trancheId}`;
    if (taken.has(target)) throw new DomainError('DUPLICATE_LEG', { leg: leg.leg, target });
    taken.add(target);
    return leg;
  });
}

function proposedLeg(requested: RequestedLeg, leg: number, state: LedgerState): ProposedLeg {
  const { toCompanyId, toSiteId } = requested;
  const units =
    requested.shipmentId === undefined
      ? openUnits(state, requested.orderId, requested.trancheId)
      : shipmentUnits(state, requested.shipmentId);
  knownCompany(state.parties, toCompanyId);
  siteOfCompany(state.sites, toSiteId, toCompanyId);
  const { orderId, trancheId, shipmentId, skuId, quantity, expectedDate } = units;
  return {
    ...{ leg, orderId, trancheId, shipmentId, skuId, quantity, expectedDate },
    ...{ fromCompanyId: units.companyId, fromSiteId: units.siteId, toCompanyId, toSiteId },
  };
}

/** The companies that a cross-company leg leaves or reaches, in order of id. */
function partiesOf(legs: readonly ProposedLeg[]): readonly Id[] {
  return [...new Set(legs.filter(crossesCompanies).flatMap((leg) => [leg.fromCompanyId, leg.toCompanyId]))].toSorted();
}
