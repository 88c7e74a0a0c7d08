import type { Day, DomainEvent, Id } from '#libs/kernel';

export type SiteKind = 'datacenter' | 'warehouse';

export type SiteRegistered = DomainEvent<
  'SiteRegistered',
  {
    readonly siteId: Id;
    readonly companyId: Id;
    readonly kind: SiteKind;
    readonly designUnits: number;
    readonly usableUnits: number;
  }
>;

export type CapacityUnavailable = DomainEvent<
  'CapacityUnavailable',
  {
    readonly siteId: Id;
    readonly companyId: Id;
    readonly usableUnits: number;
    /** The first day with `usableUnits`. */
    readonly from: Day;
    readonly expectedReady: Day | null;
    readonly cause: string;
  }
>;

export type SiteEvent = SiteRegistered | CapacityUnavailable;
