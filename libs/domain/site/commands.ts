import type { Day, Id } from '#libs/kernel';
import type { SiteKind } from './events.ts';

export interface RegisterSite {
  readonly type: 'RegisterSite';
  readonly siteId: Id;
  readonly companyId: Id;
  readonly kind: SiteKind;
  readonly designUnits: number;
  readonly usableUnits: number;
}

export interface ReportCapacityUnavailable {
  readonly type: 'ReportCapacityUnavailable';
  readonly siteId: Id;
  readonly usableUnits: number;
  readonly from: Day;
  readonly expectedReady?: Day | undefined;
  readonly cause: string;
}

export type SiteCommand = RegisterSite | ReportCapacityUnavailable;
