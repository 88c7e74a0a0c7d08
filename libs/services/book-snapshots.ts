import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { PostgresSnapshotShelf, type SnapshotRules } from '#libs/event-store';

/** A tail of so many events is read and folded in about a quarter of a second; packing what they changed takes a writer a tenth of that. */
const EVERY_EVENTS = 10_000;

/** Snapshots of books decided by the rules of this release; `pool` is signed in as waybill_writer. */
export function bookSnapshots(pool: pg.Pool): SnapshotRules {
  return { shelf: new PostgresSnapshotShelf(pool), format: snapshotFormat(), everyEvents: EVERY_EVENTS };
}

/** What says what events mean, what a state looks like, and how it is packed. */
const SOURCES = ['kernel', 'domain', 'contracts', 'event-store/snapshot', 'event-store/writer'];

/**
 * The SHA-256, in hex, of the files that a state is made by: whoever changes one of them has another format, without
 * having to remember it. That a change of no consequence has another as well costs one reading of each ledger.
 */
export function snapshotFormat(libs = join(import.meta.dirname, '..')): string {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesOf(libs, source)).toSorted()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(libs, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesOf(libs: string, folder: string): readonly string[] {
  return readdirSync(join(libs, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[jt]s$/.test(entry.name) && !/\.(spec|d)\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(libs.length + 1))
    .filter((file) => !file.includes('/fixtures/'));
}
