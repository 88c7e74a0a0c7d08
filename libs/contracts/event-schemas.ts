import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A JSON Schema (draft 2020-12) of the stored body of one event type in one version. */
export type EventSchema = Readonly<Record<string, unknown>>;

/**
 * Every version of every event's schema, past ones too, by file name: `OrderPlaced.v1.json`, as `dataschema` of a CloudEvent
 * names it. They are made of the types by `npm run schemas`.
 */
export function eventSchemas(): ReadonlyMap<string, EventSchema> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return new Map(
    files.sort().map((file) => [file, JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as EventSchema]),
  );
}

const FOLDER = join(import.meta.dirname, 'schemas');
