import { once } from 'node:events';
import type { Server } from 'node:http';
import { Inject, Module } from '@nestjs/common';
import type { BeforeApplicationShutdown, DynamicModule, OnApplicationBootstrap } from '@nestjs/common';
import type pg from 'pg';
import type { Logger } from 'pino';
import {
  assertDurable,
  assertLeastPrivilege,
  openPool,
  PostgresLedgerReader,
  readIncarnation,
} from '#libs/event-store';
import {
  connectKafka,
  EVENTS_TOPIC,
  KafkajsPublisher,
  KafkajsTopic,
  logRelay,
  Relay,
  relayProgress,
} from '#libs/messaging';
import type { RelayConfig } from './config.ts';
import { healthServer } from './health.ts';

const POOL = Symbol('pool');
const HEALTH = Symbol('health');

/** Ledger -> Kafka: one process of however many; one leads. */
@Module({})
export class RelayModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  static forRoot(config: RelayConfig, logger: Logger): DynamicModule {
    return {
      module: RelayModule,
      providers: [
        { provide: POOL, useFactory: () => checkedPool(config, logger) },
        { provide: Relay, useFactory: (pool: pg.Pool) => relayOf(config, logger, pool), inject: [POOL] },
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

/** Throws when the server would lose data, or the role could do more than a relay may. */
async function checkedPool(config: RelayConfig, logger: Logger): Promise<pg.Pool> {
  const pool = openPool(config.databaseUrl, {
    applicationName: 'waybill-relay',
    maxConnections: 4,
    onIdleError: (err) => logger.warn({ err }, 'an idle connection broke'),
  });
  await assertDurable(pool);
  await assertLeastPrivilege(pool);
  return pool;
}

async function relayOf(config: RelayConfig, logger: Logger, pool: pg.Pool): Promise<Relay> {
  const kafka = connectKafka({ brokers: config.brokers, clientId: 'waybill-relay', log: logger });
  const shape = config.replicas === null ? EVENTS_TOPIC : { ...EVENTS_TOPIC, replicas: config.replicas };
  const topic = new KafkajsTopic(kafka, shape);
  return new Relay({
    reader: new PostgresLedgerReader(pool),
    progress: relayProgress(pool, topic.topic),
    topic,
    publisher: new KafkajsPublisher(kafka, topic.topic),
    incarnation: await readIncarnation(pool),
    observer: logRelay(logger),
  });
}

async function listening(config: RelayConfig, relay: Relay): Promise<Server> {
  const server = healthServer(() => ({
    ready: relay.state === 'leading' || relay.state === 'standing by',
    details: { state: relay.state, halted: [...relay.halted.keys()] },
  }));
  server.listen(config.healthPort, config.healthHost);
  await once(server, 'listening');
  return server;
}
