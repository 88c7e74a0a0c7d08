import type { DomainEvent, Id } from '#libs/kernel';

export type OpeningBalanceRecorded = DomainEvent<
  'OpeningBalanceRecorded',
  {
    readonly lotId: Id;
    readonly companyId: Id;
    readonly siteId: Id;
    readonly skuId: Id;
    readonly quantity: number;
    readonly energised: number;
  }
>;

/** Units that stand at the site change company, not place. */
export type TitleTransferred = DomainEvent<
  'TitleTransferred',
  {
    readonly lotId: Id;
    readonly skuId: Id;
    readonly siteId: Id;
    readonly fromCompanyId: Id;
    readonly toCompanyId: Id;
    readonly quantity: number;
  }
>;

export type StockMoved = DomainEvent<
  'StockMoved',
  {
    readonly lotId: Id;
    readonly companyId: Id;
    readonly skuId: Id;
    readonly fromSiteId: Id;
    readonly toSiteId: Id;
    readonly quantity: number;
  }
>;

export type UnitsEnergised = DomainEvent<
  'UnitsEnergised',
  {
    readonly lotId: Id;
    readonly companyId: Id;
    readonly skuId: Id;
    readonly siteId: Id;
    readonly quantity: number;
  }
>;

export type StockEvent = OpeningBalanceRecorded | TitleTransferred | StockMoved | UnitsEnergised;
