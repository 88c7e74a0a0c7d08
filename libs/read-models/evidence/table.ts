import type { LedgerEvent } from '#libs/domain';
import type { DecidedEvent, Id } from '#libs/kernel';
import type { EventTable } from '../event-tables/event-table.ts';

/** A document that an event names as its evidence. */
export interface DocumentRow {
  readonly type: string;
  readonly stream: string;
  readonly uri: string;
  readonly sha256: string;
  /** A pseudonym. */
  readonly actor: string;
  readonly actingFor: Id | null;
  /** The companies that may see it. */
  readonly audience: readonly Id[];
  readonly recordedAtMs: number;
}

export const documents: EventTable<DocumentRow> = {
  name: 'documents',
  columns: {
    type: 'text',
    stream: 'text',
    uri: 'text',
    sha256: 'text',
    actor: 'text',
    actingFor: 'text',
    audience: 'text[]',
    recordedAtMs: 'bigint',
  },
  fold: (event, { recordedAtMs }) => {
    const { type, stream, evidence, actor, actingFor } = event;
    if (evidence.length === 0) return [];
    const audience = audienceOf(event);
    return evidence.map(({ uri, sha256 }) => ({ type, stream, uri, sha256, actor, actingFor, audience, recordedAtMs }));
  },
};

/** The company that acted, and those that the event names as whose units, sites, money or thing it is about; never a supplier by the way. */
function audienceOf({ data, actingFor }: DecidedEvent<LedgerEvent>): readonly Id[] {
  const named = NAMING.flatMap((field) => Reflect.get(data, field) as Id | readonly Id[] | undefined);
  return [...new Set([actingFor, ...named].filter((each) => typeof each === 'string'))].sort();
}

const NAMING = ['companyId', 'fromCompanyId', 'toCompanyId', 'debtorId', 'creditorId', 'parties', 'companyIds'];
