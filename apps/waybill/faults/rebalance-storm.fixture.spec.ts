import { setTimeout as sleep } from 'node:timers/promises';
import kafkajs from 'kafkajs';
import { EVENTS_TOPIC } from '#libs/messaging';
import type { Fault } from './fault.fixture.spec.ts';

const GROUP = 'waybill-projector';
const EVERY_MS = 1_000;

/** A stranger joins the projectors' group and leaves it, every second: it takes partitions along and does nothing with them. */
export const REBALANCE_STORM: Fault = {
  name: 'rebalance storm',
  lastsMs: [5_000, 8_000],
  async inject(cluster) {
    const stopping = new AbortController();
    const storm = joinAndLeave(cluster.brokers, stopping.signal);
    return async () => {
      stopping.abort();
      await storm;
    };
  },
};

async function joinAndLeave(brokers: readonly string[], signal: AbortSignal): Promise<void> {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  while (!signal.aborted) {
    const stranger = kafka.consumer({ groupId: GROUP });
    await stranger.connect();
    await stranger.subscribe({ topics: [EVENTS_TOPIC.topic], fromBeginning: true });
    await stranger.run({ autoCommit: false, eachBatch: () => Promise.resolve() });
    await sleep(EVERY_MS / 2);
    await stranger.disconnect();
    await sleep(EVERY_MS / 2);
  }
}
