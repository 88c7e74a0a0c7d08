import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { openLedger } from '../open-ledger.ts';
import type { LedgerClock } from '../types.ts';
import { LedgerWriters, type LedgerWritersOptions } from '../writer/ledger-writers.ts';
import type { DomainEvent } from '#libs/kernel';
import { warehouse, warehouseCodec, type Warehouse, type WarehouseCommand } from './warehouse.ts';

export type WarehouseWriters = LedgerWriters<Warehouse, WarehouseCommand, DomainEvent>;

export function warehouseWriters(
  pool: pg.Pool,
  options: Partial<LedgerWritersOptions<Warehouse, WarehouseCommand, DomainEvent>> = {},
): WarehouseWriters {
  return new LedgerWriters({
    pool,
    decider: warehouse,
    codec: warehouseCodec,
    clock: { todayMs: () => Date.now() },
    ...options,
  });
}

/** Opens a ledger of a new name and returns the name. */
export async function newLedger(pool: pg.Pool, clock: LedgerClock = 'system'): Promise<string> {
  const ledger = `trial-${randomUUID()}`;
  await openLedger(pool, { ledger, clock, currency: 'USD', title: null, actor: 'a', commandId: 'c', request: {} });
  return ledger;
}
