import { readFileSync } from 'node:fs';
import type { Cluster } from './cluster.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import type { Wires } from './wires.fixture.spec.ts';

/** Node with all that a projector is made of takes 120 MiB; what may come on top while it is behind. */
const PEAK_MIB_MAX = 400;

/** The projectors' database takes a few thousand bytes a second while clients trade: they fall behind, and hold little. */
export function slowConsumer(wires: Wires): Fault {
  return {
    name: 'slow consumer: 8 kB/s between projector and PostgreSQL',
    lastsMs: [8_000, 12_000],
    async inject(cluster) {
      wires.wire('projector-postgres').throttle(8_000);
      return async () => {
        const peaks = ['projector-1', 'projector-2'].map((name) => peakMib(cluster, name));
        wires.wire('projector-postgres').heal();
        if (Math.max(...peaks) > PEAK_MIB_MAX) throw new Error(`projectors grew to ${peaks.join(' and ')} MiB`);
      };
    },
  };
}

/** The most memory that a member has had at a time, in MiB (Linux). */
function peakMib(cluster: Cluster, name: string): number {
  const status = readFileSync(`/proc/${cluster.member(name).pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
