import { canonicalJson } from '#libs/kernel';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { ORDER, type Contestant } from './contestant.ts';

const POOL_MAX = 32;

/** The least that stores the same row durably: one prepared INSERT a command, no check, no command log. */
export async function bareInsert(databaseUrl: string, callers: number): Promise<Contestant> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: Math.min(callers, POOL_MAX) });
  await pool.query(CREATE);
  const actor = randomUUID();
  const last = await pool.query<{ position: string }>('select coalesce(max(position), 0) as position from bare_events');
  let position = Number(last.rows[0]?.position ?? 0);
  return {
    name: 'bare INSERT',
    append: async () => {
      const commandId = randomUUID();
      const stream = `order/${commandId}`;
      await pool.query({ name: 'insert', text: INSERT, values: ['bench', ++position, stream, 1, 'OrderPlaced', '2026-01-01', Date.now(), bodyOf(actor, commandId, stream)] }); // prettier-ignore
    },
    close: () => pool.end(),
  };
}

/** Columns and keys of ledger.events. */
const CREATE = `
  create table if not exists bare_events (
    ledger text collate "C" not null,
    position bigint not null,
    stream text collate "C" not null,
    version bigint not null,
    type text collate "C" not null,
    effective_at date not null,
    recorded_at_ms bigint not null,
    body bytea not null,
    primary key (ledger, position),
    unique (ledger, stream, version)
  )`;

const INSERT = `
  insert into bare_events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

function bodyOf(actor: string, commandId: string, stream: string): Buffer {
  const body = canonicalJson({
    actor,
    actingFor: 'TESLA',
    causationId: null,
    commandId,
    correlationId: commandId,
    data: ORDER,
    effectiveAt: '2026-01-01',
    evidence: [],
    reason: null,
    schemaVersion: 1,
    stream,
    type: 'OrderPlaced',
    version: 1,
  });
  return Buffer.from(body);
}
