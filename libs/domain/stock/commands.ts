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

export type StockCommand = RecordOpeningBalance;
