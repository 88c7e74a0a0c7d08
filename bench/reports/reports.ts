import type { Day } from '#libs/kernel';
import {
  breachesReport,
  claimsReport,
  deliveryScheduleReport,
  exposuresReport,
  fundsReport,
  headroomReport,
  idlenessReport,
  positionsReport,
  redirectionsReport,
  siteLoadReport,
  slippageReport,
} from '#libs/read-models';
import type pg from 'pg';
import { LEDGER } from '../dataset/dataset.ts';

/** Live when it says nothing. */
export interface Moment {
  readonly asOfPosition?: number;
  readonly validAt?: Day;
}

export type Ask = (pool: pg.Pool, moment: Moment) => Promise<unknown>;

const allSites = { companyIds: null } as const;

/** Every report of the read models, whole or its first page of 500 lines, as an auditor gets it. */
export const REPORTS: Readonly<Record<string, Ask>> = {
  positions: (pool, moment) => positionsReport(pool, LEDGER, moment),
  'delivery schedule': (pool, moment) => deliveryScheduleReport(pool, LEDGER, moment),
  redirections: (pool, moment) => redirectionsReport(pool, LEDGER, moment),
  exposures: (pool, moment) => exposuresReport(pool, LEDGER, moment),
  'site load, 31 days': (pool, moment) => siteLoadReport(pool, LEDGER, { ...allSites, ...moment }),
  headroom: (pool, moment) => headroomReport(pool, LEDGER, { ...allSites, ...moment }),
  breaches: (pool, moment) => breachesReport(pool, LEDGER, { ...allSites, ...moment }),
  idleness: (pool, { validAt, ...moment }) => idlenessReport(pool, LEDGER, { ...allSites, ...moment, until: validAt }),
  slippage: (pool, moment) => slippageReport(pool, LEDGER, moment),
  funds: (pool, moment) => fundsReport(pool, LEDGER, moment),
  claims: (pool, { asOfPosition }) => claimsReport(pool, LEDGER, { asOfPosition }),
};
