import type { Day, DomainEvent, Id } from '#libs/kernel';

export type CompanyKind = 'buyer' | 'supplier';

export type CompanyRegistered = DomainEvent<
  'CompanyRegistered',
  {
    readonly companyId: Id;
    readonly name: string;
    readonly kind: CompanyKind;
    /** ISO 3166-1 alpha-2. */
    readonly headquartersCountry: string;
    readonly parentId: Id | null;
    readonly controlledBy: string | null;
  }
>;

export type SkuRegistered = DomainEvent<
  'SkuRegistered',
  { readonly skuId: Id; readonly name: string; readonly wattsPerUnit: number }
>;

export type EndUserScreened = DomainEvent<
  'EndUserScreened',
  { readonly companyId: Id; readonly ruleset: string; readonly outcome: 'pass' | 'fail'; readonly validUntil: Day }
>;

export type PartyEvent = CompanyRegistered | SkuRegistered | EndUserScreened;
