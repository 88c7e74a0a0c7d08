import type { Pool } from 'pg';

/** Pseudonyms of actors, made at the first sight of a subject and kept: the ledger holds these alone. */
export class ActorBook {
  private readonly known = new Map<string, Promise<string>>();

  constructor(private readonly database: Pick<Pool, 'query'>) {}

  /** The UUID under which the ledger knows `subject`. */
  pseudonymOf(subject: string): Promise<string> {
    const known = this.known.get(subject);
    if (known !== undefined) return known;
    const asked = pseudonymOf(this.database, subject);
    this.remember(subject, asked);
    asked.catch(() => this.known.delete(subject));
    return asked;
  }

  private remember(subject: string, pseudonym: Promise<string>): void {
    if (this.known.size >= KNOWN_MAX) this.known.clear();
    this.known.set(subject, pseudonym);
  }
}

const KNOWN_MAX = 10_000;

/** One that another process is inserting is awaited by the insert but not seen by this statement: then it is there for the next. */
async function pseudonymOf(database: Pick<Pool, 'query'>, subject: string): Promise<string> {
  for (;;) {
    const { rows } = await database.query<{ actor: string }>(GET_OR_CREATE, [subject]);
    const [row] = rows;
    if (row !== undefined) return row.actor;
  }
}

const GET_OR_CREATE = `
  with found as (
    select actor
      from access.actors
     where subject = $1
  ),
  made as (
    insert into access.actors (subject)
    select $1
     where not exists (select from found)
    on conflict (subject) do nothing
    returning actor
  )
  select actor from found
  union all
  select actor from made`;
