import type pg from 'pg';
import {
  refillProgress,
  type RefillProgress,
  type RefillRequest,
  RefillUnderWay,
  requestRefill,
} from '#libs/messaging';

/** Asks for a refill. Null when that was the first to ask; else the one that is open and goes on. */
export async function asked(pool: pg.Pool, request: RefillRequest): Promise<RefillProgress | null> {
  try {
    await requestRefill(pool, request);
    return null;
  } catch (error) {
    if (!(error instanceof RefillUnderWay)) throw error;
    const [open] = await refillProgress(pool, request.topic, [request.ledger]);
    return open ?? null;
  }
}
