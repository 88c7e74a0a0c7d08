import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { ServerStartError } from '../errors.ts';
import type { SupervisedProcess } from '../processes/supervised-process.ts';

const READY_WITHIN_MS = 90_000;

/** Waits until the broker answers for its metadata and a group coordinator, which comes seconds after the port. */
export async function untilAnswering(server: SupervisedProcess, brokers: readonly string[]): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      await askOnce(brokers);
      return;
    } catch (error) {
      if (server.hasExited() || Date.now() > deadline) {
        await server.stop();
        throw new ServerStartError('Kafka', server.lastLines(), { cause: error });
      }
    }
    await delay(100);
  }
}

async function askOnce(brokers: readonly string[]): Promise<void> {
  const admin = new Kafka({
    clientId: 'waybill-local-servers',
    brokers: [...brokers],
    logLevel: logLevel.NOTHING,
    connectionTimeout: 1_000,
    retry: { retries: 0 },
  }).admin();
  try {
    await admin.connect();
    await admin.fetchTopicMetadata();
    await admin.fetchOffsets({ groupId: 'waybill-readiness' });
  } finally {
    await admin.disconnect();
  }
}
