import type { Server } from 'node:http';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import type pg from 'pg';
import type { Logger } from 'pino';
import { readIncarnation } from '#libs/event-store';
import { Relay } from '#libs/messaging';
import { checkedPool, listenForHealth, relayOf } from '#libs/services';
import type { RelayConfig } from './config.ts';

const POOL = Symbol('pool');
const HEALTH = Symbol('health');

/** Ledger -> Kafka: one process of however many; one leads. */
@Module({})
export class RelayModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  static forRoot(config: RelayConfig, logger: Logger): DynamicModule {
    return {
      module: RelayModule,
      providers: [
        { provide: POOL, useFactory: () => openedPool(config, logger) },
        { provide: Relay, useFactory: (pool: pg.Pool) => composed(config, logger, pool), inject: [POOL] },
        { provide: HEALTH, useFactory: (relay: Relay) => listening(config, relay), inject: [Relay] },
      ],
    };
  }

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(Relay) private readonly relay: Relay,
    @Inject(HEALTH) private readonly health: Server,
  ) {}

  onApplicationBootstrap(): void {
    this.relay.start();
  }

  /** First the lead is given back, so that another relay goes on at once. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.relay.stop();
    this.health.close();
    this.health.closeAllConnections();
    await this.pool.end();
  }
}

function openedPool(config: RelayConfig, log: Logger): Promise<pg.Pool> {
  return checkedPool(config.databaseUrl, { applicationName: 'waybill-relay', maxConnections: 4, log });
}

async function composed({ brokers, replicas }: RelayConfig, log: Logger, pool: pg.Pool): Promise<Relay> {
  return relayOf({ pool, brokers, replicas, incarnation: await readIncarnation(pool), log }).relay;
}

function listening(config: RelayConfig, relay: Relay): Promise<Server> {
  return listenForHealth(config, () => ({
    ready: relay.state === 'leading' || relay.state === 'standing by',
    details: { state: relay.state, halted: [...relay.halted.keys()] },
  }));
}
