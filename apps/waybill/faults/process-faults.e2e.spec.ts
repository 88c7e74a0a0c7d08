import { faultSuite } from './fault-suite.fixture.spec.ts';
import { POINTS } from './point-faults.fixture.spec.ts';
import { KILLS, PAUSES } from './process-faults.fixture.spec.ts';

const KILLED = [KILLS.procurementApi, KILLS.relay, KILLS.projector, KILLS.postgres, KILLS.broker];
const DEAD = [POINTS.appended, POINTS.published, POINTS.written];

faultSuite('processes', [...KILLED, ...DEAD, PAUSES.relay], { times: 1 });
