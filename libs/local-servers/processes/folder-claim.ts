import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DataFolderInUseError } from '../errors.ts';
import { startOf } from './process-facts.ts';

interface Owner {
  readonly pid: number;
  readonly start: string;
}

/**
 * Claims a data folder for this process until `release`; a claim whose process is dead counts for nothing.
 * Throws `DataFolderInUseError` when a live process holds it.
 */
export async function claimFolder(folder: string): Promise<{ release: () => Promise<void> }> {
  const file = path.join(folder, 'owner.json');
  const mine: Owner = { pid: process.pid, start: (await startOf(process.pid)) ?? '' };
  if (!(await created(file, mine))) {
    const owner = await ownerIn(file);
    if (owner !== null && (await startOf(owner.pid)) === owner.start) throw new DataFolderInUseError(folder, owner.pid);
    await rm(file, { force: true });
    return claimFolder(folder);
  }
  return { release: () => rm(file, { force: true }) };
}

async function created(file: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(owner), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Null when the writer died before it had written. */
async function ownerIn(file: string): Promise<Owner | null> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as Owner;
  } catch {
    return null;
  }
}
