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

export type CapacityRestored = DomainEvent<
  'CapacityRestored',
  {
    readonly siteId: Id;
    readonly companyId: Id;
    readonly usableUnits: number;
    /** The first day with `usableUnits`; it may lie ahead. */
    readonly from: Day;
  }
>;

/** The gate tolerates `units` above usable from the effective day to `until`, inclusive; several add up. */
export type OverloadAllowed = DomainEvent<
  'OverloadAllowed',
  {
    readonly overrideId: Id;
    readonly siteId: Id;
    readonly companyId: Id;
    readonly units: number;
    readonly until: Day;
    readonly reason: string;
  }
>;

export type SiteEvent = SiteRegistered | CapacityUnavailable | CapacityRestored | OverloadAllowed;
