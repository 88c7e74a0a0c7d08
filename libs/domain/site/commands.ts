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

export interface RestoreCapacity {
  readonly type: 'RestoreCapacity';
  readonly siteId: Id;
  readonly usableUnits: number;
  readonly from: Day;
}

export interface AllowOverload {
  readonly type: 'AllowOverload';
  readonly overrideId: Id;
  readonly siteId: Id;
  readonly units: number;
  readonly until: Day;
  readonly reason: string;
}

export type SiteCommand = RegisterSite | ReportCapacityUnavailable | RestoreCapacity | AllowOverload;
