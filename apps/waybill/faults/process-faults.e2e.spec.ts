import { faultSuite } from './fault-suite.fixture.spec.ts';
import { KILLS } from './process-faults.fixture.spec.ts';

faultSuite('the services, once each', KILLS, { times: 1 });
