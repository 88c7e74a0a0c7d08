import { amounts } from '../amounts/table.ts';
import { claims } from '../claims/table.ts';
import { documents } from '../evidence/table.ts';
import { waitingChanges, waitingThings } from '../inbox/tables.ts';
import { companyRelations, redirectionHistory, redirections } from '../redirections/tables.ts';
import { siteFacts } from '../sites/table.ts';
import type { EventTable } from './event-table.ts';

/** Every table of the read schema that one event alone writes; the name is what rebuilds and verifications call it. */
export const EVENT_TABLES: readonly EventTable[] = [
  amounts,
  siteFacts,
  redirections,
  redirectionHistory,
  companyRelations,
  claims,
  documents,
  waitingThings,
  waitingChanges,
];
