import { once } from 'node:events';
import type { Server } from 'node:http';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import type pg from 'pg';
import type { Logger } from 'pino';
import { decodeBody } from '#libs/contracts';
import {
  assertDurable,
  assertLeastPrivilege,
  openPool,
  PostgresLedgerReader,
  readIncarnation,
} from '#libs/event-store';
import { Projector, progressOf } from '#libs/read-models';
import type { ProjectorConfig } from './config.ts';
import { Feed } from './feed.ts';
import { healthServer } from './health.ts';
import { logProjection } from './log-projection.ts';

const POOL = Symbol('pool');
const HEALTH = Symbol('health');

/** Kafka -> read models: one process of however many, which share the ledgers by the topic's partitions. */
@Module({})
export class ProjectorModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  static forRoot(config: ProjectorConfig, logger: Logger): DynamicModule {
    return {
      module: ProjectorModule,
      providers: [
        { provide: POOL, useFactory: () => checkedPool(config, logger) },
        { provide: Feed, useFactory: (pool: pg.Pool) => feedOf(config, logger, pool), inject: [POOL] },
        {
          provide: HEALTH,
          useFactory: (feed: Feed, pool: pg.Pool) => listening(config, feed, pool),
          inject: [Feed, POOL],
        },
      ],
    };
  }

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(Feed) private readonly feed: Feed,
    @Inject(HEALTH) private readonly health: Server,
  ) {}

  onApplicationBootstrap(): void {
    this.feed.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.feed.stop();
    this.health.close();
    this.health.closeAllConnections();
    await this.pool.end();
  }
}

/** Throws when the server would lose data, or the role could do more than a projector may. */
async function checkedPool(config: ProjectorConfig, logger: Logger): Promise<pg.Pool> {
  const pool = openPool(config.databaseUrl, {
    applicationName: 'waybill-projector',
    maxConnections: 8,
    onIdleError: (err) => logger.warn({ err }, 'an idle connection broke'),
  });
  await assertDurable(pool);
  await assertLeastPrivilege(pool);
  return pool;
}

async function feedOf(config: ProjectorConfig, logger: Logger, pool: pg.Pool): Promise<Feed> {
  const reader = new PostgresLedgerReader(pool);
  const incarnation = await readIncarnation(pool);
  const observer = logProjection(logger);
  return new Feed(config, new Projector({ pool, reader, decode: decodeBody, incarnation, observer }), reader, logger);
}

async function listening(config: ProjectorConfig, feed: Feed, pool: pg.Pool): Promise<Server> {
  const server = healthServer(async () => {
    const progress = await progressOf(pool, null);
    const halted = [...progress].flatMap(([ledger, { halt }]) => (halt === null ? [] : [{ ledger, ...halt }]));
    return { ready: feed.state !== 'joining kafka', details: { feed: feed.state, halted } };
  });
  server.listen(config.healthPort, config.healthHost);
  await once(server, 'listening');
  return server;
}
