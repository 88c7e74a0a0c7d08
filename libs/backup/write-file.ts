import { createHash, type Hash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { access, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ExportExists } from './errors.ts';
import type { CopiedRecord, LedgerCopy } from './ledger-copy.ts';
import { readExport, type FileContents } from './read-file.ts';
import { lineOf } from './records.ts';

/**
 * Writes `copy` to `file`, gzipped when the name ends in `.gz`, and reads it back before it gets that name: a file that is
 * there is whole and on the disk. What a killed export left, `file` with `.part`, is written over by the next.
 * Throws {@link ExportExists}.
 */
export async function writeExport(
  copy: LedgerCopy,
  file: string,
  onPage: (records: number) => void = () => undefined,
): Promise<FileContents> {
  if (await isThere(file)) throw new ExportExists(file);
  const part = `${file}.part`;
  const lines = Readable.from(linesOf(copy, onPage));
  const target = createWriteStream(part, { mode: 0o600, flush: true });
  await (file.endsWith('.gz') ? pipeline(lines, createGzip({ level: 4 }), target) : pipeline(lines, target));
  const contents = await readExport(part);
  await rename(part, file);
  await synchronised(dirname(file));
  return contents;
}

async function* linesOf(copy: LedgerCopy, onPage: (records: number) => void): AsyncGenerator<Buffer> {
  const digest = createHash('sha256');
  const counts = { actors: 0, events: 0, commands: 0 };
  yield hashed(digest, `${lineOf(copy.ledger)}\n`);
  for await (const page of copy.pages()) {
    if (page.length > 0) yield hashed(digest, pageText(page));
    for (const { kind } of page) counts[`${kind}s`] += 1;
    onPage(page.length);
  }
  yield Buffer.from(`${lineOf({ kind: 'end', ...counts, sha256: digest.digest('hex') })}\n`);
}

function pageText(page: readonly CopiedRecord[]): string {
  return `${page.map(lineOf).join('\n')}\n`;
}

function hashed(digest: Hash, text: string): Buffer {
  const bytes = Buffer.from(text);
  digest.update(bytes);
  return bytes;
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

/** A rename is on the disk when its folder is. */
async function synchronised(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
