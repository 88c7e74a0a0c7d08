import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { pino } from 'pino';
import { freePort } from '#libs/local-servers';
import { createTestDatabase } from '#libs/testing';
import type { TestDatabase } from '#libs/testing';
import { RelayModule } from './relay.module.ts';

const LONGEST_MS = 120_000;

let database: TestDatabase;
const running: INestApplicationContext[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(async () => {
  await Promise.all(running.map((app) => app.close()));
  await database.drop();
});

describe('the relay process', () => {
  it(
    'is ready when it leads or stands by, and gives the lead to the next when it is closed',
    async () => {
      const first = await started();
      expect(await readiness(first.port, 'leading')).toEqual({ status: 'ok', state: 'leading', halted: [] });
      const second = await started();
      expect(await readiness(second.port, 'standing by')).toMatchObject({ status: 'ok', state: 'standing by' });
      await first.app.close();
      expect(await readiness(second.port, 'leading')).toMatchObject({ status: 'ok', state: 'leading' });
      await expect(fetch(`http://127.0.0.1:${first.port}/health/live`)).rejects.toThrow('fetch failed');
      expect((await fetch(`http://127.0.0.1:${second.port}/health/live`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${second.port}/`)).status).toBe(404);
    },
    LONGEST_MS,
  );

  it(
    'is alive but not ready while no broker answers',
    async () => {
      const { port } = await started({
        brokers: ['127.0.0.1:1'],
        databaseUrl: (await ownDatabase()).url('waybill_relay'),
      });
      const ready = await readiness(port, 'failing');
      expect(ready).toEqual({ status: 'unavailable', state: 'failing', halted: [] });
      expect((await fetch(`http://127.0.0.1:${port}/health/ready`)).status).toBe(503);
      expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
    },
    LONGEST_MS,
  );

  it('does not start as a superuser', async () => {
    await expect(started({ databaseUrl: database.ownerUrl })).rejects.toMatchObject({ code: 'ROLE_TOO_POWERFUL' });
  });
});

const databases: TestDatabase[] = [];
afterAll(() => Promise.all(databases.map((each) => each.drop())));

async function ownDatabase(): Promise<TestDatabase> {
  const own = await createTestDatabase();
  databases.push(own);
  return own;
}

async function started(
  changes: { brokers?: readonly string[]; databaseUrl?: string } = {},
): Promise<{ app: INestApplicationContext; port: number }> {
  const port = await freePort(0);
  const config = {
    databaseUrl: database.url('waybill_relay'),
    brokers: (process.env['WAYBILL_TEST_KAFKA_BROKERS'] ?? '').split(','),
    replicas: null,
    healthHost: '127.0.0.1',
    healthPort: port,
    metrics: { host: '127.0.0.1', port: 0, isGiven: true, token: null },
    logLevel: 'silent' as const,
    ...changes,
  };
  const module = RelayModule.forRoot(config, pino({ level: 'silent' }));
  const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
  running.push(app);
  return { app, port };
}

/** What /health/ready answers once it tells of `state`. */
async function readiness(port: number, state: string): Promise<unknown> {
  for (;;) {
    const answer = (await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()) as { state: string };
    if (answer.state === state) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
