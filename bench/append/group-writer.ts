import { LedgerWriters, migrate, openLedger, openPool, roleUrl } from '#libs/event-store';
import { canonicalJson, type DecidedEvent, type Decider, type DomainEvent } from '#libs/kernel';
import { randomUUID } from 'node:crypto';
import { ORDER, type Contestant } from './contestant.ts';

interface PlaceOrder {
  readonly orderId: string;
}

/** The least a ledger decides: an event a command. */
const decider: Decider<number, PlaceOrder, DomainEvent> = {
  initial: 0,
  decide: ({ orderId }) => [{ type: 'OrderPlaced', stream: `order/${orderId}`, data: ORDER }],
  evolve: (orders) => orders + 1,
};

/** The product's way: decided, batched, logged with its request and answer, appended with the head it was decided on. */
export async function groupWriter(databaseUrl: string): Promise<Contestant> {
  await migrate(databaseUrl);
  return writerOf(databaseUrl, 'bench');
}

/** The same on a ledger of a database that is migrated; opens the ledger unless it is there. */
export async function writerOf(databaseUrl: string, ledger: string): Promise<Contestant> {
  const pool = openPool(roleUrl(databaseUrl, 'waybill_writer'), {
    applicationName: 'waybill-bench',
    maxConnections: 2,
    onIdleError: (error) => {
      throw error;
    },
  });
  const actor = randomUUID();
  await openLedger(pool, {
    ledger,
    clock: 'system',
    currency: 'USD',
    title: null,
    actor,
    commandId: 'open',
    request: {},
  });
  const codec = { encode: encoded, decode: decoded };
  const writers = new LedgerWriters({ pool, decider, codec, clock: { todayMs: () => Date.now() } });
  return {
    name: 'group writer',
    append: async () => {
      const commandId = randomUUID();
      await writers.submit({
        ledger,
        command: { orderId: commandId },
        commandId,
        actor,
        correlationId: commandId,
        causationId: null,
        effectiveAt: null,
        recordedOn: null,
        reason: null,
        evidence: [],
        request: { ...ORDER, orderId: commandId },
        scope: () => 'TESLA',
      });
    },
    close: async () => {
      await writers.stop();
      await pool.end();
    },
  };
}

function encoded({ position: _, ...body }: { position: number }): string {
  return canonicalJson(body);
}

/** Only what another process wrote is read back. */
function decoded({ position, body }: { position: number; body: Buffer }): DecidedEvent {
  return { ...(JSON.parse(body.toString('utf8')) as Omit<DecidedEvent, 'position'>), position };
}
