import { jest } from '@jest/globals';
import { Cluster, type ClusterOptions } from './cluster.fixture.spec.ts';
import { type FaultRow, type FaultRun, runFault } from './fault-run.fixture.spec.ts';
import { keepRow, tableOf } from './fault-table.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';

const START_MS = 240_000;
const MOST_MS = 60_000;

/** One cluster, and a test for each fault: it comes `times` times, and no promise is broken. FAULT_SEED repeats a run. */
export function faultSuite(
  title: string,
  faults: readonly Fault[],
  { times, lanes = 2, options = {} }: { times: number; lanes?: number; options?: ClusterOptions },
): void {
  const seed = Number(process.env['FAULT_SEED'] ?? Date.now() % 1_000_000);

  describe(`faults of ${title}, seed ${seed}`, () => {
    jest.setTimeout(START_MS);
    let cluster: Cluster;
    const rows: FaultRow[] = [];

    beforeAll(async () => {
      cluster = await Cluster.start(options);
    });

    afterAll(async () => {
      process.stdout.write(tableOf(rows));
      await cluster?.close();
    });

    it.each(faults.map((fault) => ({ fault, name: fault.name })))(
      `$name, × ${times}: nothing lost, nothing doubled, all caught up`,
      async ({ fault }) => {
        const row = await observed(cluster, fault, { times, seed, lanes });
        rows.push(row);
        keepRow(row);
        expect(row.violations).toEqual([]);
        expect([row.lost, row.doubled]).toEqual([0, 0]);
        expect(row.acknowledged).toBeGreaterThan(times);
      },
      START_MS + times * MOST_MS,
    );
  });
}

/** Says what every member said last when a run fails. */
async function observed(cluster: Cluster, fault: Fault, run: FaultRun): Promise<FaultRow> {
  const tell = () => {
    for (const { name, lastLines } of cluster.members.values()) {
      process.stderr.write(`${name}\n${lastLines.slice(-15).join('\n')}\n`);
    }
  };
  try {
    const row = await runFault(cluster, fault, run);
    if (row.violations.length > 0) tell();
    return row;
  } catch (error) {
    tell();
    throw error;
  }
}
