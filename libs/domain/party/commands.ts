import type { Day, Id } from '#libs/kernel';
import type { CompanyKind } from './events.ts';

export interface RegisterCompany {
  readonly type: 'RegisterCompany';
  readonly companyId: Id;
  readonly name: string;
  readonly kind: CompanyKind;
  readonly headquartersCountry: string;
  readonly parentId?: Id | undefined;
  readonly controlledBy?: string | undefined;
}

export interface RegisterSku {
  readonly type: 'RegisterSku';
  readonly skuId: Id;
  readonly name: string;
  readonly wattsPerUnit: number;
}

export interface RecordScreening {
  readonly type: 'RecordScreening';
  readonly companyId: Id;
  readonly ruleset: string;
  readonly outcome: 'pass' | 'fail';
  readonly validUntil: Day;
}

export type PartyCommand = RegisterCompany | RegisterSku | RecordScreening;
