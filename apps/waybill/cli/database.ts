import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WaybillConfig } from '../config.ts';
import { UsageError } from './usage-error.ts';

/** Where `waybill start` leaves the URL that an auditor signs in with to the embedded PostgreSQL; for its owner's eyes. */
export function auditorUrlFile(dataFolder: string): string {
  return join(dataFolder, 'auditor.url');
}

/** The owner's URL in DATABASE_URL. */
export function ownerUrl({ databaseUrl }: WaybillConfig): string {
  if (databaseUrl !== null) return databaseUrl;
  throw new UsageError(
    "set DATABASE_URL to the database owner's URL, such as postgresql://waybill_owner@host:5432/waybill",
  );
}

/** The URL of someone who may read everything: DATABASE_URL, else the embedded PostgreSQL's auditor. */
export async function auditorUrl({ databaseUrl, dataFolder }: WaybillConfig): Promise<string> {
  if (databaseUrl !== null) return databaseUrl;
  try {
    return (await readFile(auditorUrlFile(dataFolder), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UsageError(
      `set DATABASE_URL to the URL of waybill_auditor, or WAYBILL_DATA to the folder of a Waybill (${dataFolder} is none)`,
    );
  }
}
