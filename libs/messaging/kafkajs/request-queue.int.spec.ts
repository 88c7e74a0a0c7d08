import { createRequire } from 'node:module';
import { createTestTopic } from '#libs/testing';
import { connectKafka } from './client.ts';
import { recordedLog } from '../trial/recorded-log.ts';

interface QueuePrototype {
  scheduleCheckPendingRequests: (this: unknown) => void;
  checkPendingRequests: (this: unknown) => void;
}

describe('an idle connection to Kafka', () => {
  it('looks for throttled requests only when some are pending', async () => {
    const target = await createTestTopic();
    const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
      prototype: QueuePrototype;
    };
    const producer = connectKafka({ brokers: target.brokers, clientId: 'idle', log: recordedLog() }).producer();
    let looks = 0;
    const look = prototype.checkPendingRequests;
    prototype.checkPendingRequests = function counted(this: unknown) {
      looks += 1;
      look.call(this);
    };
    await producer.connect();
    await producer.send({ topic: target.topic, messages: [{ value: 'x', partition: 0 }] });
    looks = 0;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(looks).toBe(0);
    await producer.disconnect();
    prototype.checkPendingRequests = look;
    await target.remove();
  }, 60_000);
});
