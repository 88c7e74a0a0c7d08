import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { outlivingBreaks } from '#libs/event-store';
import type { WaybillConfig } from '../config.ts';
import { UsageError } from './usage-error.ts';

/** Where `waybill start` leaves the URL that an auditor signs in with to the embedded PostgreSQL; for its owner's eyes. */
export function auditorUrlFile(dataFolder: string): string {
  return join(dataFolder, 'auditor.url');
}

/** Where it leaves the URL that a projector signs in with. */
export function projectorUrlFile(dataFolder: string): string {
  return join(dataFolder, 'projector.url');
}

/** Where it leaves the URL that a relay signs in with. */
export function relayUrlFile(dataFolder: string): string {
  return join(dataFolder, 'relay.url');
}

/** Where it leaves the brokers of the local Kafka, separated by commas. */
export function brokersFile(dataFolder: string): string {
  return join(dataFolder, 'kafka.brokers');
}

/** The owner's URL in DATABASE_URL. */
export function ownerUrl({ databaseUrl }: WaybillConfig): string {
  if (databaseUrl !== null) return databaseUrl;
  throw new UsageError(
    "set DATABASE_URL to the database owner's URL, such as postgresql://waybill_owner@host:5432/waybill",
  );
}

/** The URL of someone who may read everything: DATABASE_URL, else the embedded PostgreSQL's auditor. */
export function auditorUrl(config: WaybillConfig): Promise<string> {
  return given(config.databaseUrl, auditorUrlFile(config.dataFolder), 'DATABASE_URL to the URL of waybill_auditor');
}

/** The URL of someone who may write read models: DATABASE_URL, else the embedded PostgreSQL's projector. */
export function projectorUrl(config: WaybillConfig): Promise<string> {
  return given(config.databaseUrl, projectorUrlFile(config.dataFolder), 'DATABASE_URL to the URL of waybill_projector');
}

/** The URL of someone who may note what is published: DATABASE_URL, else the embedded PostgreSQL's relay. */
export function relayUrl(config: WaybillConfig): Promise<string> {
  return given(config.databaseUrl, relayUrlFile(config.dataFolder), 'DATABASE_URL to the URL of waybill_relay');
}

/** Does `work` signed in as waybill_auditor; throws UsageError when the database lets nobody in. */
export async function asAuditor<T>(config: WaybillConfig, work: (db: pg.Client) => Promise<T>): Promise<T> {
  return signedIn(await auditorUrl(config), work);
}

/** Does `work` signed in as waybill_projector; throws UsageError when the database lets nobody in. */
export async function asProjector<T>(config: WaybillConfig, work: (db: pg.Client) => Promise<T>): Promise<T> {
  return signedIn(await projectorUrl(config), work);
}

/** Does `work` signed in as waybill_relay; throws UsageError when the database lets nobody in. */
export async function asRelay<T>(config: WaybillConfig, work: (db: pg.Client) => Promise<T>): Promise<T> {
  return signedIn(await relayUrl(config), work);
}

async function signedIn<T>(connectionString: string, work: (db: pg.Client) => Promise<T>): Promise<T> {
  const client = outlivingBreaks(new pg.Client({ connectionString, application_name: 'waybill-cli' }));
  try {
    await client.connect();
  } catch (error) {
    const { code = 'no answer' } = error as { readonly code?: string };
    throw new UsageError(`the database lets nobody in (${code}); is it running, is DATABASE_URL right?`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** KAFKA_BROKERS, else the local Kafka. */
export async function knownBrokers({ kafkaBrokers, dataFolder }: WaybillConfig): Promise<readonly string[]> {
  const brokers = await given(
    kafkaBrokers?.join(',') ?? null,
    brokersFile(dataFolder),
    'KAFKA_BROKERS to host:port of some brokers',
  );
  return brokers.split(',');
}

async function given(value: string | null, file: string, whatToSet: string): Promise<string> {
  if (value !== null) return value;
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new UsageError(`set ${whatToSet}, or WAYBILL_DATA to the folder of a Waybill (${dirname(file)} is none)`);
  }
}
