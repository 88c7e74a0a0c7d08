import { postgresDiskFullUntilRefused } from './disk-full-answers.fixture.spec.ts';
import { brokerDiskFull, postgresDiskFull, SmallDisks } from './disk-faults.fixture.spec.ts';
import { faultSuite } from './fault-suite.fixture.spec.ts';

/** Needs root on Linux: it mounts, and fails when it may not. */
const TIMES = Number(process.env['FAULT_TIMES'] ?? 6);
const disks = new SmallDisks();

afterAll(() => disks.unmount());

faultSuite('a full disk', [postgresDiskFull(disks), postgresDiskFullUntilRefused(disks), brokerDiskFull(disks)], {
  times: TIMES,
  options: disks.options,
});
