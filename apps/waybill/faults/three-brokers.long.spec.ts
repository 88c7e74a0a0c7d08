import { faultSuite } from './fault-suite.fixture.spec.ts';
import { ThreeBrokers } from './three-brokers.fixture.spec.ts';

/** Each broker takes 10 s and more to come back. */
const TIMES = Number(process.env['FAULT_TIMES_SLOW'] ?? 5);
const brokers = new ThreeBrokers();

afterAll(() => {
  const pauses = brokers.pausesMs.map((ms) => (ms / 1_000).toFixed(1));
  process.stdout.write(`publishing paused, seconds a kill of one broker: ${pauses.join(', ')}\n`);
});

faultSuite('three brokers, two of which acknowledge', [brokers.oneKilled, brokers.twoKilled], {
  times: TIMES,
  options: { startKafka: brokers.start },
});
