import type { Server } from 'node:http';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import type pg from 'pg';
import type { Logger } from 'pino';
import { readIncarnation } from '#libs/event-store';
import { Relay } from '#libs/messaging';
import { checkedPool, listenForHealth, Metrics, type MetricsServer, relayOf, serveMetrics } from '#libs/services';
import type { RelayConfig } from './config.ts';

const POOL = Symbol('pool');
const HEALTH = Symbol('health');
const METRICS_SERVER = Symbol('metrics server');

/** Ledger -> Kafka: one process of however many; one leads. */
@Module({})
export class RelayModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  static forRoot(config: RelayConfig, logger: Logger): DynamicModule {
    const metrics = new Metrics();
    return {
      module: RelayModule,
      providers: [
        { provide: POOL, useFactory: () => openedPool(config, logger) },
        {
          provide: Relay,
          useFactory: (pool: pg.Pool) => composed({ config, log: logger, metrics }, pool),
          inject: [POOL],
        },
        { provide: METRICS_SERVER, useFactory: () => serveMetrics(metrics, config.metrics, logger) },
        { provide: HEALTH, useFactory: (relay: Relay) => listening(config, relay), inject: [Relay] },
      ],
    };
  }

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(HEALTH) private readonly health: Server,
    @Inject(METRICS_SERVER) private readonly metrics: MetricsServer,
  ) {}

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  /** First the lead is given back, so that another relay goes on at once. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    this.health.close();
    this.health.closeAllConnections();
    await this.metrics.close();
    await this.pool.end();
  }
}

function openedPool(config: RelayConfig, log: Logger): Promise<pg.Pool> {
  return checkedPool(config.databaseUrl, { applicationName: 'waybill-relay', maxConnections: 4, log });
}

interface Surroundings {
  readonly config: RelayConfig;
  readonly log: Logger;
  readonly metrics: Metrics;
}

async function composed({ config, log, metrics }: Surroundings, pool: pg.Pool): Promise<Relay> {
  const { brokers, replicas } = config;
  return relayOf({ pool, brokers, replicas, incarnation: await readIncarnation(pool), log, metrics }).relay;
}

function listening(config: RelayConfig, relay: Relay): Promise<Server> {
  return listenForHealth(config, () => ({
    ready: relay.state === 'leading' || relay.state === 'standing by',
    details: { state: relay.state, halted: [...relay.halted.keys()] },
  }));
}
