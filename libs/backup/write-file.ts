import { createReadStream, createWriteStream } from 'node:fs';
import { access, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { begunExport, pagesFileOf } from './begun-export.ts';
import { ExportExists } from './errors.ts';
import type { CopiedRecord, ResumableCopy } from './ledger-copy.ts';
import { PartWriter } from './part-writer.ts';
import { readExport, type FileContents } from './read-file.ts';

export interface WrittenExport extends FileContents {
  /** Records that an interrupted export had left and this one did not read again; 0: it began anew. */
  readonly resumedAfter: number;
}

/**
 * Writes `copy` to `file`, gzipped when the name ends in `.gz`, and reads it back before it gets that name: a file that is
 * there is whole and on the disk. The lines are gathered in `file` with `.part`; what an interrupted export left there is gone on
 * with when it is still what was written and still the ledger's, up to the head that it had, and written over when not.
 * Throws {@link ExportExists}.
 */
export async function writeExport(
  copy: ResumableCopy,
  file: string,
  onPage: (records: number) => void = () => undefined,
): Promise<WrittenExport> {
  if (await isThere(file)) throw new ExportExists(file);
  const part = `${file}.part`;
  const { writer, pages, resumedAfter } = await begunOrNew(copy, part);
  try {
    if (resumedAfter > 0) onPage(resumedAfter);
    for await (const page of pages) {
      await writer.write(page);
      onPage(page.length);
    }
    await writer.end();
  } finally {
    await writer.close();
  }
  return { ...(await published(part, file)), resumedAfter };
}

interface Work {
  readonly writer: PartWriter;
  readonly pages: AsyncIterable<readonly CopiedRecord[]>;
  readonly resumedAfter: number;
}

async function begunOrNew(copy: ResumableCopy, part: string): Promise<Work> {
  const begun = await begunExport(part);
  const rest = begun === null ? null : await copy.pagesAfter(begun);
  if (begun === null || rest === null) {
    return { writer: await PartWriter.begin(part, copy.ledger), pages: copy.pages(), resumedAfter: 0 };
  }
  const { actors, events, commands } = begun.counts;
  return { writer: await PartWriter.goOn(part, begun), pages: rest, resumedAfter: actors + events + commands };
}

/** Gives `part` the name `file`, packed when that ends in `.gz`, after it was read back. */
async function published(part: string, file: string): Promise<FileContents> {
  const whole = file.endsWith('.gz') ? await packed(part) : part;
  const contents = await readExport(whole);
  await rename(whole, file);
  await synchronised(dirname(file));
  await Promise.all([rm(part, { force: true }), rm(pagesFileOf(part), { force: true })]);
  return contents;
}

async function packed(part: string): Promise<string> {
  const target = `${part}.gz`;
  const stream = createWriteStream(target, { mode: 0o600, flush: true });
  await pipeline(createReadStream(part, { highWaterMark: 256 * 1024 }), createGzip({ level: 4 }), stream);
  return target;
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
