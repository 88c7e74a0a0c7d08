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

export type StockEvent = OpeningBalanceRecorded;
