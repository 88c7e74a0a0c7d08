import type { LedgerEvent, SiteKind } from '#libs/domain';
import type { Day, DecidedEvent, Id } from '#libs/kernel';
import type { EventTable } from '../event-tables/event-table.ts';

/** What an event says of a site. */
export interface SiteFact {
  readonly siteId: Id;
  readonly companyId: Id;
  readonly fact: 'registered' | 'reduced' | 'restored' | 'overload';
  readonly kind: SiteKind | null;
  readonly designUnits: number | null;
  /** Null of an overload. */
  readonly usableUnits: number | null;
  readonly fromOn: Day;
  readonly overrideId: Id | null;
  readonly overloadUnits: number | null;
  /** The last day of an overload. */
  readonly untilOn: Day | null;
}

export const siteFacts: EventTable<SiteFact> = {
  name: 'site_facts',
  columns: {
    siteId: 'text',
    companyId: 'text',
    fact: 'text',
    kind: 'text',
    designUnits: 'bigint',
    usableUnits: 'bigint',
    fromOn: 'date',
    overrideId: 'text',
    overloadUnits: 'bigint',
    untilOn: 'date',
  },
  fold: factsOf,
};

const NOTHING = {
  kind: null,
  designUnits: null,
  usableUnits: null,
  overrideId: null,
  overloadUnits: null,
  untilOn: null,
};

function factsOf({ type, data, effectiveAt }: DecidedEvent<LedgerEvent>): readonly SiteFact[] {
  switch (type) {
    case 'SiteRegistered': {
      const { siteId, companyId, kind, designUnits, usableUnits } = data;
      const place = { siteId, companyId, kind, designUnits, usableUnits };
      return [{ ...NOTHING, ...place, fact: 'registered', fromOn: effectiveAt }];
    }
    case 'CapacityUnavailable':
    case 'CapacityRestored': {
      const { siteId, companyId, usableUnits, from: fromOn } = data;
      const fact = type === 'CapacityRestored' ? 'restored' : 'reduced';
      return [{ ...NOTHING, siteId, companyId, usableUnits, fact, fromOn }];
    }
    case 'OverloadAllowed': {
      const { siteId, companyId, overrideId, units: overloadUnits, until: untilOn } = data;
      return [
        { ...NOTHING, siteId, companyId, fact: 'overload', fromOn: effectiveAt, overrideId, overloadUnits, untilOn },
      ];
    }
    default:
      return [];
  }
}
