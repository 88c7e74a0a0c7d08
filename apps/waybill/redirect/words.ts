import type { Consequence } from './consequences.ts';
import type { Proposal, ProposedLeg } from './proposal.ts';

/** A problem document of the API. */
export interface Refusal {
  readonly code: string;
  readonly detail?: string;
  readonly title?: string;
  readonly hint?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

/** What a proposal does, for people. */
export function proposalWords({ legs, parties }: Proposal, consequences: readonly Consequence[]): readonly string[] {
  const crossing = legs.filter(({ fromCompanyId, toCompanyId }) => fromCompanyId !== toCompanyId);
  const receivers = [...new Set(crossing.map(({ toCompanyId }) => toCompanyId))].toSorted();
  if (parties.length === 0)
    return [...legs.map(legWords), 'active at once: no leg changes company', ...bulleted(consequences)];
  return [
    ...legs.map(legWords),
    `waits until ${parties.join(' and ')} have approved, by different people, none of them the proposer`,
    `the last approval asks that ${receivers.join(' and ')} passed a screening that is valid that day, and brings, as the books stand:`,
    ...bulleted(consequences),
  ];
}

/** Why a proposal is refused, and what to do next. */
export function refusalWords({ code, title, detail, hint, errors = [] }: Refusal): readonly string[] {
  return [
    `refused with ${code}: ${detail ?? title ?? ''}`,
    ...errors.map((each) => `  ${each.pointer} ${each.detail}`),
    ...(hint === undefined ? [] : [`what to do: ${hint}`]),
  ];
}

function legWords({ leg, quantity, skuId, expectedDate, ...units }: ProposedLeg): string {
  const { shipmentId, orderId, trancheId, fromCompanyId, fromSiteId, toCompanyId, toSiteId } = units;
  const what = shipmentId === null ? `open of ${orderId}/${trancheId}` : `in shipment ${shipmentId}`;
  const from = `${fromCompanyId} ${fromSiteId === null ? 'without a site' : `at ${fromSiteId}`}`;
  return `leg ${leg}: ${quantity} ${skuId} ${what}, expected ${expectedDate}, from ${from} to ${toCompanyId} at ${toSiteId}`;
}

function bulleted(consequences: readonly Consequence[]): readonly string[] {
  return consequences.map(
    ({ words, mayBeRefused }) =>
      `  ${words}${mayBeRefused === null ? '' : `: NOT ENOUGH, may be refused with ${mayBeRefused}`}`,
  );
}
