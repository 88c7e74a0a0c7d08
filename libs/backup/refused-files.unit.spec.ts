import { jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { copyOfFile, readExport } from './index.ts';
import {
  lineOf,
  type ActorRecord,
  type CommandRecord,
  type EventRecord,
  type ExportRecord,
  type LedgerRecord,
} from './records.ts';

/** A thousand damaged files are written and read: a second, or many where the disk is busy. */
jest.setTimeout(60_000);

const HASH = createHash('sha256').update('{}').digest('hex');
const ANN = '6f1c1f0e-6c3c-4c39-8d5f-0d6f0f3b8a01';

const HEADER: LedgerRecord = {
  ...{ kind: 'ledger', format: 1, ledger: 'L', clock: 'system', currency: 'USD', title: null, openedAtMs: 1 },
  ...{ openedBy: ANN, openedCommandId: 'open', openedRequest: Buffer.from('{}'), incarnation: ANN, head: 3 },
  ...{ exportedAtMs: 9, withNames: true },
};

const actorOf = (n: number): ActorRecord => ({
  kind: 'actor',
  actor: ANN.replace('01', `0${n}`),
  subject: `person ${n}`,
});
const eventAt = (position: number): EventRecord => ({
  ...{ kind: 'event', position, stream: 's/1', version: position, type: 'Noted', effectiveAt: '2026-01-01' },
  ...{ recordedAtMs: 100 + position, body: Buffer.from(`{"n":${position}}`) },
});
const commandOf = (n: number): CommandRecord => ({
  ...{ kind: 'command', actor: ANN, commandId: `c${n}`, outcome: 'accepted', decidedOn: n, recordedAtMs: 100 + n },
  ...{ requestHash: HASH, request: Buffer.from('{}'), answer: Buffer.from('{"position":1}') },
});

const RECORDS: readonly ExportRecord[] = [
  HEADER,
  ...[1, 2].map(actorOf),
  ...[1, 2, 3].map(eventAt),
  ...[0, 1].map(commandOf),
];

describe('an export', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waybill-export-'));
    file = join(folder, 'export');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it.each([
    ['as it is', (text: string) => Buffer.from(text)],
    ['gzipped', (text: string) => gzipSync(text)],
  ])('is read %s', async (_, packed) => {
    await writeFile(file, packed(exportOf(RECORDS)));
    expect(await readExport(file)).toMatchObject({ ledger: HEADER, actors: 2, events: 3, commands: 2 });
    const records: unknown[] = [];
    for await (const page of (await copyOfFile(file)).pages()) records.push(...page);
    expect(records).toEqual(RECORDS.slice(1));
  });

  const whole = exportOf(RECORDS);
  const lines = whole.split('\n').slice(0, -1);
  const cutAfter = lines.map((_, n) => [n, `${lines.slice(0, n).join('\n')}${n > 0 ? '\n' : ''}`] as const);

  it.each(cutAfter)('is refused when it ends after line %i', async (n, text) => {
    await refused(text, 'EXPORT_TRUNCATED', n > 0 ? n + 1 : 0);
  });

  it.each(lines.map((line, n) => [n + 1, line.length] as const))(
    'is refused when it ends within line %i',
    async (n, length) => {
      const before = lines.slice(0, n - 1).map((line) => `${line}\n`);
      await refused(before.join('') + (lines[n - 1] ?? '').slice(0, length / 2), 'EXPORT_TRUNCATED', n);
    },
  );

  it('is refused whichever bit of it is flipped', async () => {
    const bytes = Buffer.from(whole);
    const codes = new Set<unknown>();
    for (let bit = 0; bit < bytes.length * 8; bit += 13) {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await writeFile(file, flipped);
      const outcome = await readExport(file).catch((error: unknown) => (error as { code?: unknown }).code);
      codes.add(outcome);
    }
    expect([...codes].toSorted()).toEqual([
      'EXPORT_DAMAGED',
      'EXPORT_FORMAT_UNKNOWN',
      'EXPORT_MALFORMED',
      'EXPORT_OUT_OF_ORDER',
      'EXPORT_TRUNCATED',
    ]);
  });

  it.each<[string, readonly ExportRecord[], string]>([
    ['two events change places', swapped(3, 4), 'EXPORT_OUT_OF_ORDER'],
    ['two commands change places', swapped(6, 7), 'EXPORT_OUT_OF_ORDER'],
    ['a command comes before the events', swapped(5, 6), 'EXPORT_OUT_OF_ORDER'],
    ['an event stands there twice', RECORDS.toSpliced(3, 0, eventAt(1)), 'EXPORT_OUT_OF_ORDER'],
    ['a command stands there twice', RECORDS.toSpliced(6, 0, commandOf(0)), 'EXPORT_OUT_OF_ORDER'],
    ['a name stands there twice', RECORDS.toSpliced(1, 0, actorOf(1)), 'EXPORT_OUT_OF_ORDER'],
    ['an event is missing', RECORDS.toSpliced(4, 1), 'EXPORT_OUT_OF_ORDER'],
    ['the last event is missing', RECORDS.toSpliced(5, 1), 'EXPORT_DAMAGED'],
    ['an event lies beyond the head', RECORDS.toSpliced(6, 0, eventAt(4)), 'EXPORT_MALFORMED'],
    ['a decision lies beyond the head', [...RECORDS, commandOf(4)], 'EXPORT_MALFORMED'],
    ['time goes back', RECORDS.with(4, { ...eventAt(2), recordedAtMs: 1 }), 'EXPORT_OUT_OF_ORDER'],
    [
      'a request is not what its hash says',
      RECORDS.with(6, { ...commandOf(0), requestHash: ANN.replaceAll('-', '').repeat(2) }),
      'EXPORT_DAMAGED',
    ],
    ['it names people although it was not to', RECORDS.with(0, { ...HEADER, withNames: false }), 'EXPORT_MALFORMED'],
    ['there are two ledgers in it', RECORDS.toSpliced(1, 0, HEADER), 'EXPORT_OUT_OF_ORDER'],
    ['it does not say which ledger it is', RECORDS.slice(1), 'EXPORT_MALFORMED'],
    ['it is of another format', RECORDS.with(0, { ...HEADER, format: 2 }), 'EXPORT_FORMAT_UNKNOWN'],
  ])('is refused when %s, though the digest is right', (_, records, code) => refused(exportOf(records), code));

  it.each([
    ['something follows the end', `${whole}{}\n`],
    ['an empty line follows the end', `${whole}\n`],
    ['a line says a field twice', whole.replace('"position":1,', '"position":1,"position":1,')],
    ['a line has a field that is none', whole.replace('"position":1,', '"position":1,"x":1,')],
    ['a number is written otherwise', whole.replace('"position":1,', '"position":1.0,')],
    ['a text has what PostgreSQL does not keep', whole.replace('person 1', String.raw`\u0000`)],
    ['a text is half a character', whole.replace('person 1', String.raw`\ud83d`)],
    ['a day is none', whole.replace('2026-01-01', '2026-02-30')],
    ['an object is no record', whole.replace('"kind":"event"', '"kind":"toString"')],
  ])('is refused when %s', (_, text) => refused(text, 'EXPORT_MALFORMED'));

  it('is refused when its format is later, whatever its lines are', () =>
    refused('{"kind":"ledger","format":7,"colour":"blue"}\n', 'EXPORT_FORMAT_UNKNOWN', 1));

  it('is refused when its packing is cut or damaged', async () => {
    const packed = gzipSync(whole);
    await refused(packed.subarray(0, packed.length / 2), 'EXPORT_TRUNCATED');
    await refused(packed.fill(0, 20, 60), 'EXPORT_DAMAGED');
  });

  it.each([
    ['a line of a gigabyte', async () => (await writeFile(file, '{'), truncate(file, 1_073_741_824))],
    [
      'a megabyte that unpacks to a gigabyte',
      () => writeFile(file, Buffer.concat(Array.from({ length: 1_024 }, () => MEGABYTE))),
    ],
  ])('is refused early when it is %s', async (_, make) => {
    await make();
    const before = process.memoryUsage().rss;
    await expect(readExport(file)).rejects.toMatchObject({ code: 'EXPORT_LINE_TOO_LONG', line: 1 });
    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
  });

  async function refused(contents: string | Buffer, code: string, line?: number): Promise<void> {
    await writeFile(file, contents);
    await expect(readExport(file)).rejects.toMatchObject({ code, ...(line === undefined ? {} : { line }) });
  }
});

const MEGABYTE = gzipSync(Buffer.alloc(1_048_576, 'x'));

/** `records` with an end that says of them what is so. */
function exportOf(records: readonly ExportRecord[]): string {
  const text = records.map((record) => `${lineOf(record)}\n`).join('');
  const countOf = (kind: string) => records.filter((record) => record.kind === kind).length;
  const sha256 = createHash('sha256').update(text).digest('hex');
  const counts = { actors: countOf('actor'), events: countOf('event'), commands: countOf('command') };
  return `${text}${lineOf({ kind: 'end', ...counts, sha256 })}\n`;
}

function swapped(a: number, b: number): readonly ExportRecord[] {
  const [first, second] = [RECORDS[a], RECORDS[b]];
  return RECORDS.with(a, second ?? HEADER).with(b, first ?? HEADER);
}
