import type { Server } from 'node:http';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import type pg from 'pg';
import type { Logger } from 'pino';
import { readIncarnation } from '#libs/event-store';
import { progressOf } from '#libs/read-models';
import { checkedPool, Feed, listenForHealth, Metrics, type MetricsServer, serveMetrics } from '#libs/services';
import type { ProjectorConfig } from './config.ts';

const POOL = Symbol('pool');
const HEALTH = Symbol('health');
const METRICS_SERVER = Symbol('metrics server');

/** Kafka -> read models: one process of however many, which share the ledgers by the topic's partitions. */
@Module({})
export class ProjectorModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  static forRoot(config: ProjectorConfig, logger: Logger): DynamicModule {
    const metrics = new Metrics();
    return {
      module: ProjectorModule,
      providers: [
        { provide: POOL, useFactory: () => openedPool(config, logger) },
        {
          provide: Feed,
          useFactory: (pool: pg.Pool) => feedOf({ config, log: logger, metrics }, pool),
          inject: [POOL],
        },
        { provide: METRICS_SERVER, useFactory: () => serveMetrics(metrics, config.metrics, logger) },
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
    @Inject(METRICS_SERVER) private readonly metrics: MetricsServer,
  ) {}

  onApplicationBootstrap(): void {
    this.feed.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.feed.stop();
    this.health.close();
    this.health.closeAllConnections();
    await this.metrics.close();
    await this.pool.end();
  }
}

function openedPool(config: ProjectorConfig, log: Logger): Promise<pg.Pool> {
  return checkedPool(config.databaseUrl, { applicationName: 'waybill-projector', maxConnections: 8, log });
}

interface Surroundings {
  readonly config: ProjectorConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
}

async function feedOf({ config, log, metrics }: Surroundings, pool: pg.Pool): Promise<Feed> {
  const { brokers, groupId } = config;
  return new Feed({ pool, brokers, groupId, incarnation: await readIncarnation(pool), log, metrics });
}

function listening(config: ProjectorConfig, feed: Feed, pool: pg.Pool): Promise<Server> {
  return listenForHealth(config, async () => {
    const progress = await progressOf(pool, null);
    const halted = [...progress].flatMap(([ledger, { halt }]) => (halt === null ? [] : [{ ledger, ...halt }]));
    return { ready: feed.state !== 'joining kafka', details: { feed: feed.state, halted } };
  });
}
