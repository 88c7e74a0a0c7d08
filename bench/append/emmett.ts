import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { randomUUID } from 'node:crypto';
import { ORDER, type Contestant } from './contestant.ts';

/** Emmett's PostgreSQL store (https://event-driven-io.github.io/emmett): a new stream a command. */
export async function emmett(databaseUrl: string): Promise<Contestant> {
  const store = getPostgreSQLEventStore(databaseUrl);
  await store.schema.migrate();
  return {
    name: 'Emmett',
    append: async () => {
      const commandId = randomUUID();
      await store.appendToStream(`order-${commandId}`, [{ type: 'OrderPlaced', data: { ...ORDER, commandId } }]);
    },
    close: () => store.close(),
  };
}
