import type { Queryable } from '#libs/event-store';
import { ActorKnownOtherwise, ExportChanged, LedgerExists } from './errors.ts';
import type { CopiedRecord } from './ledger-copy.ts';
import { readExport, type FileContents } from './read-file.ts';
import type { ActorRecord, CommandRecord, EventRecord } from './records.ts';
import { insertActors, insertCommands, insertEvents, insertLedger, insertRestore } from './restore-statements.ts';

export interface Restoration {
  readonly file: string;
  /** The name it gets here. */
  readonly ledger: string;
  readonly who: string;
  readonly why: string;
}

/**
 * Brings the ledger in a checked export into a database, beside those that are there: positions, recordedAt, bodies and
 * answers as they were, to the byte. `database` is one connection that may become waybill_owner. The file is read again
 * inside the one transaction, whose rows nobody sees before its end; an export that is not `contents` any more ends it.
 * Throws {@link LedgerExists}, {@link ActorKnownOtherwise}, {@link ExportChanged}; nothing was written then.
 */
export async function restoreExport(
  database: Queryable,
  { file, ledger, who, why }: Restoration,
  contents: FileContents,
  onPage: (records: number) => void = () => undefined,
): Promise<void> {
  await database.query('begin isolation level read committed');
  try {
    await database.query('set local role waybill_owner');
    if (!(await insertLedger(database, ledger, contents.ledger))) throw new LedgerExists(ledger);
    const { sha256, commands } = await readExport(file, {
      onPage: async ({ records }) => {
        await insertPage(database, ledger, records);
        onPage(records.length);
      },
    });
    if (sha256 !== contents.sha256) throw new ExportChanged(file);
    await insertRestore(database, { ledger, from: contents.ledger, commands, sha256, who, why });
    await database.query('commit');
  } catch (error) {
    await database.query('rollback');
    throw error;
  }
}

async function insertPage(database: Queryable, ledger: string, records: readonly CopiedRecord[]): Promise<void> {
  const of = <Kind extends CopiedRecord>(kind: Kind['kind']) =>
    records.filter((each): each is Kind => each.kind === kind);
  const actors = of<ActorRecord>('actor');
  const events = of<EventRecord>('event');
  const commands = of<CommandRecord>('command');
  const knownOtherwise = actors.length > 0 ? await insertActors(database, actors) : 0;
  if (knownOtherwise > 0) throw new ActorKnownOtherwise(knownOtherwise);
  if (events.length > 0) await insertEvents(database, ledger, events);
  if (commands.length > 0) await insertCommands(database, ledger, commands);
}
