import type { WaybillConfig } from '../config.ts';
import { UsageError } from './usage-error.ts';

/** The owner's URL in DATABASE_URL, for subcommands that work on the database itself. */
export function ownerUrl({ databaseUrl }: WaybillConfig): string {
  if (databaseUrl !== null) return databaseUrl;
  throw new UsageError(
    "set DATABASE_URL to the database owner's URL, such as postgresql://waybill_owner@host:5432/waybill",
  );
}
