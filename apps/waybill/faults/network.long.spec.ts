import { faultSuite } from './fault-suite.fixture.spec.ts';
import { cut, silenced, slowed } from './network-faults.fixture.spec.ts';
import { Wires } from './wires.fixture.spec.ts';

const TIMES = Number(process.env['FAULT_TIMES'] ?? 20);
const wires = new Wires();

afterAll(() => wires.close());

faultSuite(
  'the network',
  [
    cut(wires, 'client-api'),
    cut(wires, 'api-postgres'),
    cut(wires, 'relay-postgres'),
    cut(wires, 'projector-postgres'),
    cut(wires, 'relay-Kafka'),
    cut(wires, 'projector-Kafka'),
    silenced(wires, 'api-postgres'),
    silenced(wires, 'relay-postgres'),
    silenced(wires, 'relay-Kafka'),
    silenced(wires, 'projector-Kafka'),
    slowed(wires, 'projector-postgres'),
  ],
  { times: TIMES, options: wires.options },
);
