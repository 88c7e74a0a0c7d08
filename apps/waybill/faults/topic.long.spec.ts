import { faultSuite } from './fault-suite.fixture.spec.ts';
import { poisoned } from './poison-fault.fixture.spec.ts';
import { slowConsumer } from './slow-consumer.fixture.spec.ts';
import { brokerAway, topicDeleted, topicRecreated, topicTruncated } from './topic-faults.fixture.spec.ts';
import { Wires } from './wires.fixture.spec.ts';

const TIMES = Number(process.env['FAULT_TIMES'] ?? 20);
/** Of faults that take half a minute or more each. */
const TIMES_SLOW = Number(process.env['FAULT_TIMES_SLOW'] ?? 5);
const wires = new Wires();

afterAll(() => wires.close());

faultSuite('the topic', [topicDeleted, topicRecreated, topicTruncated], { times: TIMES });
faultSuite('readers and brokers', [slowConsumer(wires), poisoned, brokerAway([60_000, 65_000])], {
  times: TIMES_SLOW,
  options: wires.options,
});
