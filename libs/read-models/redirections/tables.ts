import type { ProposedLeg } from '#libs/domain';
import type { Id } from '#libs/kernel';
import type { EventTable } from '../event-tables/event-table.ts';
import { happeningsOf, type Happening } from './happenings.ts';

/** A redirection as it was proposed. */
export interface ProposalRow {
  readonly redirectionId: Id;
  readonly reason: string;
  /** The pseudonym of the actor. */
  readonly proposedBy: string;
  readonly parties: readonly Id[];
  /** All companies of its legs: they may see it. */
  readonly audience: readonly Id[];
  readonly legs: readonly ProposedLeg[];
}

export const redirections: EventTable<ProposalRow> = {
  name: 'redirections',
  columns: {
    redirectionId: 'text',
    reason: 'text',
    proposedBy: 'text',
    parties: 'text[]',
    audience: 'text[]',
    legs: 'jsonb',
  },
  fold: ({ type, data, actor }) => {
    if (type !== 'RedirectionProposed') return [];
    const { redirectionId, reason, parties, legs } = data;
    const named = legs.flatMap(({ fromCompanyId, toCompanyId }) => [fromCompanyId, toCompanyId]);
    return [{ redirectionId, reason, proposedBy: actor, parties, audience: [...new Set(named)].sort(), legs }];
  },
};

export const redirectionHistory: EventTable<Happening> = {
  name: 'redirection_history',
  columns: {
    redirectionId: 'text',
    happening: 'text',
    companyId: 'text',
    actor: 'text',
    leg: 'integer',
    units: 'bigint',
  },
  fold: happeningsOf,
};

/** To whom a company belongs. */
export interface RelationRow {
  readonly companyId: Id;
  readonly parentId: Id | null;
  readonly controlledBy: string | null;
}

export const companyRelations: EventTable<RelationRow> = {
  name: 'company_relations',
  columns: { companyId: 'text', parentId: 'text', controlledBy: 'text' },
  fold: ({ type, data }) => {
    if (type !== 'CompanyRegistered') return [];
    const { companyId, parentId, controlledBy } = data;
    return [{ companyId, parentId, controlledBy }];
  },
};
