import type { Queryable } from '#libs/event-store';
import type { ActorRecord, CommandRecord, EventRecord, LedgerRecord } from './records.ts';

/** Positions, or commands, a statement: no snapshot grows old, and the round trip does not count. */
export const PAGE_ROWS = 10_000;

/** A page ends with the row that fills these bytes: bounds memory when bodies are large. */
const PAGE_BYTES = 8 * 1024 * 1024;

export interface LedgerRow extends Omit<LedgerRecord, 'kind' | 'format' | 'withNames'> {
  readonly parent: string | null;
}

/** What the ledger is, with its head at this moment; null: there is none. */
export async function readLedger(database: Queryable, ledger: string): Promise<LedgerRow | null> {
  const { rows } = await database.query<LedgerRow>(
    `select l.ledger, l.clock, l.currency, l.title, l.parent,
            l.opened_at_ms::float8 as "openedAtMs",
            l.opened_by as "openedBy",
            l.opened_command_id as "openedCommandId",
            l.opened_request as "openedRequest",
            s.incarnation,
            coalesce(e.position, 0)::float8 as head,
            floor(extract(epoch from clock_timestamp()) * 1000)::float8 as "exportedAtMs"
       from ledger.ledgers l
      cross join ledger.store s
       left join lateral (
            select position
              from ledger.events
             where ledger = l.ledger
             order by position desc
             limit 1) e on true
      where l.ledger = $1`,
    [ledger],
  );
  return rows[0] ?? null;
}

/** How many decisions there are up to `head`, about: those on the head itself may still grow. */
export async function countCommands(database: Queryable, ledger: string, head: number): Promise<number> {
  const { rows } = await database.query<{ commands: number }>(
    'select count(*)::float8 as commands from ledger.commands where ledger = $1 and decided_on <= $2',
    [ledger, head],
  );
  return rows[0]?.commands ?? 0;
}

/** Those who asked for something in this ledger and whose name was not erased, by pseudonym. */
export async function readActors(database: Queryable, ledger: string): Promise<readonly ActorRecord[]> {
  const { rows } = await database.query<ActorRecord>(
    `select 'actor' as kind, a.actor::text as actor, a.subject
       from access.actors a
      where exists (select from ledger.commands c where c.ledger = $1 and c.actor = a.actor::text)
         or exists (select from ledger.ledgers l where l.ledger = $1 and l.opened_by = a.actor::text)
      order by a.actor::text collate "C"`,
    [ledger],
  );
  return rows;
}

/** Events after a position, at most a page. */
export async function readEvents(
  database: Queryable,
  { ledger, after, head }: { readonly ledger: string; readonly after: number; readonly head: number },
): Promise<readonly EventRecord[]> {
  const { rows } = await database.query<EventRecord>({
    name: 'copy-events',
    text: `
      with page as (
        select position, stream, version, type, effective_at, recorded_at_ms, body,
               sum(octet_length(body)) over (order by position) - octet_length(body) as bytes_before
          from ledger.events
         where ledger = $1
           and position > $2
           and position <= $3
         order by position
         limit $4
      )
      select 'event' as kind,
             position::float8 as position,
             stream,
             version::float8 as version,
             type,
             effective_at::text as "effectiveAt",
             recorded_at_ms::float8 as "recordedAtMs",
             body
        from page
       where bytes_before < $5
       order by position`,
    values: [ledger, after, Math.min(head, after + PAGE_ROWS), PAGE_ROWS, PAGE_BYTES],
  });
  return rows;
}

/** Decisions after `after` in the order of actor and command id, at most a page; those decided beyond `head` left out. */
export async function readCommands(
  database: Queryable,
  { ledger, after, head }: { readonly ledger: string; readonly after: CommandKey; readonly head: number },
): Promise<readonly CommandRecord[]> {
  const { rows } = await database.query<CommandRecord>({
    name: 'copy-commands',
    text: `
      with page as (
        select actor, command_id, outcome, decided_on, recorded_at_ms, request_hash, request, answer,
               sum(octet_length(request) + octet_length(answer)) over (order by actor, command_id)
                 - octet_length(request) - octet_length(answer) as bytes_before
          from ledger.commands
         where ledger = $1
           and (actor, command_id) > ($2, $3)
           and decided_on <= $4
         order by actor, command_id
         limit $5
      )
      select 'command' as kind,
             actor,
             command_id as "commandId",
             outcome,
             decided_on::float8 as "decidedOn",
             recorded_at_ms::float8 as "recordedAtMs",
             encode(request_hash, 'hex') as "requestHash",
             request,
             answer
        from page
       where bytes_before < $6
       order by actor, command_id`,
    values: [ledger, after.actor, after.commandId, head, PAGE_ROWS, PAGE_BYTES],
  });
  return rows;
}

export interface CommandKey {
  readonly actor: string;
  readonly commandId: string;
}
