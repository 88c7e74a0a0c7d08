import {
  bytes,
  count,
  day,
  flag,
  matching,
  oneOf,
  sha256,
  text,
  textOrNull,
  uuid,
  NotAField,
  type Field,
} from './fields.ts';

/** The version of the format that this release writes and reads. */
export const EXPORT_FORMAT = 1;

/** Which ledger, from which store, up to which position. The first line. */
const ledger = {
  format: count,
  ledger: matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/),
  clock: oneOf('system', 'simulated'),
  currency: matching(/^[A-Z]{3}$/),
  title: textOrNull,
  openedAtMs: count,
  openedBy: text,
  openedCommandId: text,
  openedRequest: bytes,
  incarnation: uuid,
  head: count,
  exportedAtMs: count,
  withNames: flag,
};

/** Whose pseudonym it is; only in an export with names. */
const actor = { actor: uuid, subject: text };

/** The body and what is said beside it. */
const event = {
  position: count,
  stream: text,
  version: count,
  type: text,
  effectiveAt: day,
  recordedAtMs: count,
  body: bytes,
};

/** A decision, with the answer that its client heard. */
const command = {
  actor: text,
  commandId: text,
  outcome: oneOf('accepted', 'rejected'),
  decidedOn: count,
  recordedAtMs: count,
  requestHash: sha256,
  request: bytes,
  answer: bytes,
};

/** The last line: how many there were, and SHA-256 over every byte before it. */
const end = { actors: count, events: count, commands: count, sha256 };

const RECORDS = { ledger, actor, event, command, end };

type Kind = keyof typeof RECORDS;
type Fields<K extends Kind> = {
  readonly [Name in keyof (typeof RECORDS)[K]]: (typeof RECORDS)[K][Name] extends Field<infer T> ? T : never;
};
type RecordOf<K extends Kind> = { readonly kind: K } & Fields<K>;

export type LedgerRecord = RecordOf<'ledger'>;
export type ActorRecord = RecordOf<'actor'>;
export type EventRecord = RecordOf<'event'>;
export type CommandRecord = RecordOf<'command'>;
export type EndRecord = RecordOf<'end'>;
export type ExportRecord = LedgerRecord | ActorRecord | EventRecord | CommandRecord | EndRecord;

/** The one line that says `record`, without its newline: JSON, the kind first, fields in the order of the format. */
export function lineOf(record: ExportRecord): string {
  const fields = fieldsOf(record.kind);
  const line: Record<string, unknown> = { kind: record.kind };
  for (const name in fields) line[name] = fields[name]?.write(record[name as never]);
  return JSON.stringify(line);
}

/** The record in a line. Null: the line is not what {@link lineOf} writes, to the byte. */
export function recordIn(line: Buffer): ExportRecord | null {
  const said = line.toString();
  try {
    const record = recordFrom(JSON.parse(said));
    return record !== null && lineOf(record) === said ? record : null;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof NotAField) return null;
    throw error;
  }
}

function recordFrom(parsed: unknown): ExportRecord | null {
  if (typeof parsed !== 'object' || parsed === null) return null;
  const values = parsed as Record<string, unknown>;
  const { kind } = values;
  if (typeof kind !== 'string' || !Object.hasOwn(RECORDS, kind)) return null;
  const fields = fieldsOf(kind as Kind);
  const record: Record<string, unknown> = { kind };
  for (const name in fields) record[name] = fields[name]?.read(values[name]);
  return record as unknown as ExportRecord;
}

function fieldsOf(kind: Kind): Readonly<Record<string, Field<unknown>>> {
  return RECORDS[kind];
}
