import { faultSuite } from './fault-suite.fixture.spec.ts';
import { cut } from './network-faults.fixture.spec.ts';
import { topicDeleted } from './topic-faults.fixture.spec.ts';
import { Wires } from './wires.fixture.spec.ts';

const wires = new Wires();

afterAll(() => wires.close());

faultSuite(
  'network and topic, a few each',
  [
    cut(wires, 'client-api'),
    cut(wires, 'api-postgres'),
    cut(wires, 'relay-postgres'),
    cut(wires, 'projector-postgres'),
    cut(wires, 'relay-Kafka'),
    cut(wires, 'projector-Kafka'),
    topicDeleted,
  ],
  { times: 2, options: wires.options },
);
