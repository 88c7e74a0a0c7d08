import type { Chance } from '#libs/testing';
import type { Cluster } from './cluster.fixture.spec.ts';

/** Ends what a fault did; resolves when every process that it touched runs and says that it is ready. */
export type Heal = () => Promise<void>;

/** One kind of trouble, that comes again and again while clients trade. */
export interface Fault {
  /** As the table names it. */
  readonly name: string;
  /** How long it lasts, in milliseconds: drawn from this range. */
  readonly lastsMs: readonly [shortest: number, longest: number];
  /** Does it, and answers how it is healed. Whatever is random comes from `chance`. */
  inject(cluster: Cluster, chance: Chance): Promise<Heal>;
  /** Leaves the end of a ledger in the topic without its begin, before all of it comes again. */
  readonly leavesRemains?: boolean;
}
