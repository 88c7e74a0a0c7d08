import { faultSuite } from './fault-suite.fixture.spec.ts';
import { POINTS } from './point-faults.fixture.spec.ts';
import { KILLS, PAUSES, POWER_CUT } from './process-faults.fixture.spec.ts';
import { REBALANCE_STORM } from './rebalance-storm.fixture.spec.ts';

const FAULTS = [
  ...Object.values(KILLS),
  ...Object.values(POINTS),
  ...Object.values(PAUSES),
  ...[POWER_CUT, REBALANCE_STORM],
];

faultSuite('processes', FAULTS, { times: Number(process.env['FAULT_TIMES'] ?? 20) });
