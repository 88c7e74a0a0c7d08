import type { Id } from '#libs/kernel';

export interface RecordOpeningBalance {
  readonly type: 'RecordOpeningBalance';
  readonly companyId: Id;
  readonly siteId: Id;
  readonly skuId: Id;
  readonly lotId: Id;
  readonly quantity: number;
  readonly energised?: number | undefined;
}

export interface TransferTitle {
  readonly type: 'TransferTitle';
  readonly fromCompanyId: Id;
  readonly toCompanyId: Id;
  readonly siteId: Id;
  readonly lotId: Id;
  readonly quantity: number;
}

export interface MoveStock {
  readonly type: 'MoveStock';
  readonly companyId: Id;
  readonly lotId: Id;
  readonly fromSiteId: Id;
  readonly toSiteId: Id;
  readonly quantity: number;
}

export interface EnergiseUnits {
  readonly type: 'EnergiseUnits';
  readonly companyId: Id;
  readonly siteId: Id;
  readonly lotId: Id;
  readonly quantity: number;
}

export type StockCommand = RecordOpeningBalance | TransferTitle | MoveStock | EnergiseUnits;
