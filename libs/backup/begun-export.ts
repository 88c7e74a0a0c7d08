import { readFile, stat, truncate } from 'node:fs/promises';
import { ExportRefused } from './errors.ts';
import { readBeginning, type Beginning } from './read-file.ts';

/** Beside the part of an export: a line a page that was written, with the bytes of the part up to it and their SHA-256. */
export const pagesFileOf = (part: string): string => `${part}.pages`;

/**
 * What an interrupted export left in `part`, cut behind the last page that was written whole. Null: there is nothing, or it is
 * not, to the byte, what was written: then only a new beginning helps.
 */
export async function begunExport(part: string): Promise<Beginning | null> {
  const page = await lastWholePage(part);
  if (page === null) return null;
  await truncate(part, page.bytes);
  try {
    const beginning = await readBeginning(part);
    return beginning.digest.copy().digest('hex') === page.sha256 ? beginning : null;
  } catch (error) {
    if (error instanceof ExportRefused) return null;
    throw error;
  }
}

async function lastWholePage(part: string): Promise<{ readonly bytes: number; readonly sha256: string } | null> {
  const [size, pages] = await Promise.all([
    whereThere(async () => (await stat(part)).size),
    whereThere(() => readFile(pagesFileOf(part), 'utf8')),
  ]);
  const [, bytes, sha256] = [...(pages ?? '').matchAll(PAGE_LINE)].at(-1) ?? [];
  if (size === null || sha256 === undefined || Number(bytes) > size) return null;
  return { bytes: Number(bytes), sha256 };
}

const PAGE_LINE = /^(\d{1,15}) ([0-9a-f]{64})\n/gm;

async function whereThere<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return null;
  }
}
