import { DomainError, PersistentMap, type DecidedEvent, type Id } from '#libs/kernel';
import type { CompanyRegistered, EndUserScreened, PartyEvent, SkuRegistered } from './events.ts';

export type Company = CompanyRegistered['data'];
export type Sku = SkuRegistered['data'];
export type Screening = EndUserScreened['data'];

export interface PartyState {
  readonly companies: PersistentMap<Company>;
  /** The id of each company by its lower-case spelling; of two that differ in case alone, the first registered. */
  readonly companyIdsByLowerCase: PersistentMap<Id>;
  readonly skus: PersistentMap<Sku>;
  /** The latest recorded screening of each company. */
  readonly screenings: PersistentMap<Screening>;
}

export const noParties: PartyState = {
  companies: PersistentMap.empty(),
  companyIdsByLowerCase: PersistentMap.empty(),
  skus: PersistentMap.empty(),
  screenings: PersistentMap.empty(),
};

export function evolveParties(state: PartyState, event: DecidedEvent<PartyEvent>): PartyState {
  switch (event.type) {
    case 'CompanyRegistered':
      return withCompany(state, event.data);
    case 'SkuRegistered':
      return { ...state, skus: state.skus.set(event.data.skuId, event.data) };
    case 'EndUserScreened':
      return { ...state, screenings: state.screenings.set(event.data.companyId, event.data) };
  }
}

/** The company; throws `COMPANY_UNKNOWN`. */
export function knownCompany(state: PartyState, companyId: Id): Company {
  const company = state.companies.get(companyId);
  if (company === undefined) throw new DomainError('COMPANY_UNKNOWN', { companyId });
  return company;
}

/** The supplier; throws `SUPPLIER_UNKNOWN`, also for a company of another kind. */
export function knownSupplier(state: PartyState, supplierId: Id): Company {
  const company = state.companies.get(supplierId);
  if (company?.kind !== 'supplier') throw new DomainError('SUPPLIER_UNKNOWN', { supplierId });
  return company;
}

/** The SKU; throws `SKU_UNKNOWN`. */
export function knownSku(state: PartyState, skuId: Id): Sku {
  const sku = state.skus.get(skuId);
  if (sku === undefined) throw new DomainError('SKU_UNKNOWN', { skuId });
  return sku;
}

function withCompany(state: PartyState, company: Company): PartyState {
  const lowerCase = company.companyId.toLowerCase();
  return {
    ...state,
    companies: state.companies.set(company.companyId, company),
    companyIdsByLowerCase: state.companyIdsByLowerCase.has(lowerCase)
      ? state.companyIdsByLowerCase
      : state.companyIdsByLowerCase.set(lowerCase, company.companyId),
  };
}
