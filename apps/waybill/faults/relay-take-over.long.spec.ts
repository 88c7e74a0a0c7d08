import { faultSuite } from './fault-suite.fixture.spec.ts';
import { RelayTakeOvers } from './relay-take-over.fixture.spec.ts';

const takeOvers = new RelayTakeOvers();

afterAll(() => {
  for (const [name, pausesMs] of takeOvers.pausesMs) {
    const pauses = pausesMs.map((ms) => (ms / 1_000).toFixed(1)).join(', ');
    process.stdout.write(`publishing paused, seconds a ${name} of the relay that leads: ${pauses}\n`);
  }
});

faultSuite('the relay that leads', takeOvers.faults, { times: Number(process.env['FAULT_TIMES'] ?? 20) });
