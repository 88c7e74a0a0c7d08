import type { Queryable } from '#libs/event-store';
import type { ActorRecord, CommandRecord, EventRecord, LedgerRecord } from './records.ts';

/** Opens the ledger as it was opened. False: there is one of this name. */
export async function insertLedger(database: Queryable, ledger: string, from: LedgerRecord): Promise<boolean> {
  const { rowCount } = await database.query(
    `insert into ledger.ledgers (ledger, clock, currency, title, opened_at_ms,
                                 opened_by, opened_command_id, opened_request, opened_request_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, sha256($8))
     on conflict (ledger) do nothing`,
    [
      ...[ledger, from.clock, from.currency, from.title, from.openedAtMs],
      ...[from.openedBy, from.openedCommandId, from.openedRequest],
    ],
  );
  return rowCount === 1;
}

/** Names the pseudonyms; answers how many of the people are known here under others, or the pseudonyms as others. */
export async function insertActors(database: Queryable, actors: readonly ActorRecord[]): Promise<number> {
  const { rows } = await database.query<{ known_otherwise: number }>(
    `with named as (
       select a.actor, a.subject
         from json_to_recordset($1) as a (actor uuid, subject text)
     ),
     made as (
       insert into access.actors (subject, actor)
       select subject, actor
         from named
       on conflict do nothing
       returning subject
     )
     select count(*)::int as known_otherwise
       from named n
      where not exists (select from made m where m.subject = n.subject)
        and not exists (select from access.actors a where a.subject = n.subject and a.actor = n.actor)`,
    [JSON.stringify(actors)],
  );
  return rows[0]?.known_otherwise ?? 0;
}

/** Bodies travel as one run of bytes, as in ledger.append. */
export async function insertEvents(database: Queryable, ledger: string, events: readonly EventRecord[]): Promise<void> {
  const run = new ByteRun();
  const rows = events.map(({ body, ...row }) => ({ ...row, ...run.placed('body', body) }));
  await database.query({
    name: 'restore-events',
    text: `
      insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
      select $1, e.position, e.stream, e.version, e.type, e."effectiveAt", e."recordedAtMs",
             substring($3::bytea from e."bodyAt" for e."bodyLength")
        from json_to_recordset($2) as e (
               position bigint, stream text, version bigint, type text, "effectiveAt" date, "recordedAtMs" bigint,
               "bodyAt" int, "bodyLength" int)`,
    values: [ledger, JSON.stringify(rows), run.bytes()],
  });
}

export async function insertCommands(
  database: Queryable,
  ledger: string,
  commands: readonly CommandRecord[],
): Promise<void> {
  const run = new ByteRun();
  const rows = commands.map(({ request, answer, ...row }) => ({
    ...row,
    ...run.placed('request', request),
    ...run.placed('answer', answer),
  }));
  await database.query({
    name: 'restore-commands',
    text: `
      insert into ledger.commands (ledger, actor, command_id, request, request_hash, outcome, answer, decided_on, recorded_at_ms)
      select $1, c.actor, c."commandId",
             substring($3::bytea from c."requestAt" for c."requestLength"),
             sha256(substring($3::bytea from c."requestAt" for c."requestLength")),
             c.outcome,
             substring($3::bytea from c."answerAt" for c."answerLength"),
             c."decidedOn",
             c."recordedAtMs"
        from json_to_recordset($2) as c (
               actor text, "commandId" text, outcome text, "decidedOn" bigint, "recordedAtMs" bigint,
               "requestAt" int, "requestLength" int, "answerAt" int, "answerLength" int)`,
    values: [ledger, JSON.stringify(rows), run.bytes()],
  });
}

export interface RestoreRecord {
  readonly ledger: string;
  readonly from: LedgerRecord;
  readonly commands: number;
  readonly sha256: string;
  readonly who: string;
  readonly why: string;
}

export async function insertRestore(database: Queryable, restore: RestoreRecord): Promise<void> {
  const { ledger, from, commands, sha256, who, why } = restore;
  await database.query(
    `insert into ledger.restores (ledger, source_ledger, source_incarnation, head, commands, sha256, who, why)
     values ($1, $2, $3, $4, $5, decode($6, 'hex'), $7, $8)`,
    [ledger, from.ledger, from.incarnation, from.head, commands, sha256, who, why],
  );
}

/** Values end to end; rows name them by place, from 1, and length. */
class ByteRun {
  private readonly parts: Buffer[] = [];
  private end = 0;

  placed(name: string, value: Buffer): Readonly<Record<string, number>> {
    this.parts.push(value);
    this.end += value.length;
    return { [`${name}At`]: this.end - value.length + 1, [`${name}Length`]: value.length };
  }

  bytes(): Buffer {
    return Buffer.concat(this.parts);
  }
}
