import type { Id } from '#libs/kernel';
import type { LedgerState } from '../ledger-state.ts';
import type { EvidenceSubject } from './events.ts';

/**
 * The companies that something is of, in the order of ids; undefined where there is no such thing. Of an order the ordering company and, once
 * it is approved, the supplier and who is entitled to what is open of it; of a redirection all that its legs leave or reach.
 */
export function companiesOf(state: LedgerState, kind: EvidenceSubject, id: Id): readonly Id[] | undefined {
  const companies = OWNERS[kind](state, id);
  return companies === undefined ? undefined : [...new Set(companies)].sort();
}

type Owners = (state: LedgerState, id: Id) => readonly Id[] | undefined;

const OWNERS: Readonly<Record<EvidenceSubject, Owners>> = {
  order: ({ orders }, id) => {
    const order = orders.get(id);
    if (order?.status !== 'approved') return order && [order.terms.companyId];
    const { companyId, supplierId } = order.terms;
    return [companyId, supplierId, ...[...order.tranches.values()].map((tranche) => tranche.companyId)];
  },
  amendment: ({ amendments }, id) => {
    const amendment = amendments.get(id);
    return amendment && [amendment.terms.companyId, amendment.terms.supplierId];
  },
  shipment: ({ shipments }, id) => {
    const shipment = shipments.get(id);
    return shipment && [shipment.companyId, shipment.supplierId];
  },
  return: ({ returns }, id) => {
    const sent = returns.get(id);
    return sent && [sent.units.companyId, sent.units.supplierId];
  },
  redirection: ({ redirections }, id) =>
    redirections.get(id)?.legs.flatMap(({ fromCompanyId, toCompanyId }) => [fromCompanyId, toCompanyId]),
  site: ({ sites }, id) => {
    const site = sites.get(id);
    return site && [site.companyId];
  },
  claim: ({ claims }, id) => {
    const claim = claims.get(id);
    return claim && [claim.companyId];
  },
};
