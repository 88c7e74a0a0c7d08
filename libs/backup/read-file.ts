import { createHash, type Hash } from 'node:crypto';
import { ExportRefused, type RefusalCode } from './errors.ts';
import { compareKeys, type CopiedRecord, type CopyBeginning, type Counts } from './ledger-copy.ts';
import { linesOfFile } from './lines.ts';
import {
  EXPORT_FORMAT,
  recordIn,
  type ActorRecord,
  type EndRecord,
  type EventRecord,
  type LedgerRecord,
} from './records.ts';

export interface FileContents extends Counts {
  readonly ledger: LedgerRecord;
  /** SHA-256 of all lines before the last: what the export is known by. */
  readonly sha256: string;
}

/** Reads an export once, from end to end, handing over its records, and answers what it is. Throws {@link ExportRefused}. */
export async function readExport(
  file: string,
  { onRead, onPage }: { onRead?: (readBytes: number) => void; onPage?: (page: Page) => Promise<void> } = {},
): Promise<FileContents> {
  const reading = new Reading();
  for await (const { bytes, lines } of linesOfFile(file, onRead)) {
    const records = lines.map((line) => reading.take(line)).filter((record) => record !== null);
    reading.hash(bytes, lines);
    if (onPage !== undefined && records.length > 0) await onPage({ ledger: reading.ledger, records });
  }
  return reading.contents();
}

/** An export as far as it was written: whole lines without the last. */
export interface Beginning extends CopyBeginning {
  readonly counts: Counts;
  readonly bytes: number;
  /** SHA-256 of those bytes, to be gone on with. */
  readonly digest: Hash;
}

/** Reads an export that has no end yet. Throws {@link ExportRefused}. */
export async function readBeginning(file: string): Promise<Beginning> {
  const reading = new Reading();
  const found = {
    actors: [] as ActorRecord[],
    lastEvent: null as EventRecord | null,
    last: null as CopiedRecord | null,
  };
  let size = 0;
  for await (const { bytes, lines } of linesOfFile(file)) {
    for (const record of lines.map((line) => reading.take(line)).filter((each) => each !== null)) {
      if (record.kind === 'actor') found.actors.push(record);
      if (record.kind === 'event') found.lastEvent = record;
      found.last = record;
    }
    reading.hash(bytes, lines);
    size += bytes.length;
  }
  return { ledger: reading.ledger, ...found, ...reading.sums(), bytes: size };
}

export interface Page {
  readonly ledger: LedgerRecord;
  readonly records: readonly CopiedRecord[];
}

/** What must hold between the lines of one export. */
class Reading {
  private readonly digest = createHash('sha256');
  private readonly counts = { actors: 0, events: 0, commands: 0 };
  private lines = 0;
  private header: LedgerRecord | null = null;
  private last: CopiedRecord | null = null;
  private end: EndRecord | null = null;

  get ledger(): LedgerRecord {
    if (this.header === null) throw this.refused('EXPORT_TRUNCATED', 'the file is empty');
    return this.header;
  }

  /** The record in the next line; null for the first line and the last. */
  take(line: Buffer): CopiedRecord | null {
    this.lines += 1;
    const record = recordIn(line);
    if (record === null) throw this.refused(...this.reasonAgainst(line));
    if (this.end !== null) throw this.refused('EXPORT_MALFORMED', 'something follows the end');
    if (record.kind === 'ledger') return this.begin(record);
    if (this.header === null) throw this.refused('EXPORT_MALFORMED', 'the first line must say which ledger it is');
    if (record.kind === 'end') this.end = record;
    else this.check(record, this.header);
    return record.kind === 'end' ? null : record;
  }

  /** The last line is not part of what it says the digest of. */
  hash(bytes: Buffer, lines: readonly Buffer[]): void {
    const endBytes = this.end === null ? 0 : (lines.at(-1)?.length ?? 0) + 1;
    this.digest.update(bytes.subarray(0, bytes.length - endBytes));
  }

  sums(): Pick<Beginning, 'counts' | 'digest'> {
    return { counts: { ...this.counts }, digest: this.digest.copy() };
  }

  contents(): FileContents {
    const { ledger, end, counts } = this;
    if (end === null) throw this.refused('EXPORT_TRUNCATED', 'the file has no end line', 1);
    const same = end.actors === counts.actors && end.events === counts.events && end.commands === counts.commands;
    if (!same || counts.events !== ledger.head) throw this.refused('EXPORT_DAMAGED', 'lines are missing');
    const sha256 = this.digest.digest('hex');
    if (sha256 !== end.sha256) throw this.refused('EXPORT_DAMAGED', `SHA-256 is ${sha256}, not ${end.sha256}`);
    return { ledger, ...counts, sha256 };
  }

  private begin(record: LedgerRecord): null {
    if (this.header !== null) throw this.refused('EXPORT_OUT_OF_ORDER', 'a second ledger');
    if (record.format !== EXPORT_FORMAT) throw this.refused('EXPORT_FORMAT_UNKNOWN', `format ${record.format}`);
    this.header = record;
    return null;
  }

  private check(record: CopiedRecord, { head, withNames }: LedgerRecord): void {
    const follows = this.last === null || compareKeys(this.last, record) < 0;
    const isNext = record.kind !== 'event' || record.position === this.counts.events + 1;
    if (!follows || !isNext) throw this.refused('EXPORT_OUT_OF_ORDER', `this ${record.kind} does not follow`);
    if (record.kind === 'event' && isBackInTime(this.last, record)) {
      throw this.refused('EXPORT_OUT_OF_ORDER', 'recorded before the event ahead of it');
    }
    if (record.kind === 'event' ? record.position > head : record.kind === 'command' && record.decidedOn > head) {
      throw this.refused('EXPORT_MALFORMED', `beyond the head, ${head}`);
    }
    if (record.kind === 'actor' && !withNames) throw this.refused('EXPORT_MALFORMED', 'a name where none was to be');
    if (record.kind === 'command' && hashOf(record.request) !== record.requestHash) {
      throw this.refused('EXPORT_DAMAGED', 'the request is not what its hash says');
    }
    this.counts[`${record.kind}s`] += 1;
    this.last = record;
  }

  /** A file of another release may have other lines altogether: then its format is what must be said. */
  private reasonAgainst(line: Buffer): readonly [RefusalCode, string] {
    const format = FORMAT.exec(line.toString('utf8', 0, 64))?.[1];
    if (format === undefined || Number(format) === EXPORT_FORMAT) return ['EXPORT_MALFORMED', 'no line of an export'];
    return ['EXPORT_FORMAT_UNKNOWN', `format ${format}`];
  }

  private refused(code: RefusalCode, why: string, after = 0): ExportRefused {
    return new ExportRefused(code, this.lines + after, why);
  }
}

const FORMAT = /^\{"kind":"ledger","format":(\d{1,9}),/;

function isBackInTime(last: CopiedRecord | null, { recordedAtMs }: { readonly recordedAtMs: number }): boolean {
  return last?.kind === 'event' && last.recordedAtMs > recordedAtMs;
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
