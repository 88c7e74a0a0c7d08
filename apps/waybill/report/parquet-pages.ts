import type { WaybillClient } from '../api/waybill-client.ts';
import type { Report } from './catalogue.ts';
import { FORMATS, joinedJson } from './joined-pages.ts';
import { allPages } from './pages.ts';

/** A report in Parquet. Files of it cannot be joined: more than one page is read as JSON and written as the API writes one. */
export async function parquetPages(client: WaybillClient, path: string, fields: Report['fields']): Promise<Uint8Array> {
  const first = await client.read('auditor', path, FORMATS.parquet);
  if (!first.headers.has('link')) return first.bytes;
  const { columnsOfSchema, parquetOf } = await import('#libs/http');
  return parquetOf(columnsOfSchema(fields), joinedJson(await allPages(client, path, FORMATS.json)).items);
}
