import type { RelayProgress } from '#libs/messaging';
import type { SimulatedProcess } from './simulated-process.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Row {
  readonly ledger: string;
  readonly incarnation: string;
  position: number;
  firstOffset: number | null;
  lastOffset: number | null;
  epoch: number;
}

/** The rows of schema relay, with the conditions that its statements put on them. */
export class ModelRelayRows {
  private readonly lease = { holder: '', epoch: 0, expiresAtMs: -1 };
  private readonly rows = new Map<string, Row>();
  private partitions: number | null = null;
  private takenBy = 0;
  /** Records of a relay from whom another had taken the lead. */
  readonly fenceFaults: string[] = [];

  constructor(
    readonly topic: string,
    private readonly time: VirtualTime,
  ) {}

  /** As the relay in `process` reaches them. */
  seenFrom(process: SimulatedProcess, holder: string): RelayProgress {
    return {
      topic: this.topic,
      claim: (ttlMs) => process.call(() => this.claim(holder, ttlMs)),
      release: () => process.call(() => this.release(holder)),
      recordPartitions: (partitions) => process.call(() => (this.partitions ??= partitions)),
      take: (epoch) => process.call(() => this.take(epoch)),
      begin: (start) => process.call(() => this.begin(start)),
      advance: (advance) => process.call(() => this.advance(advance)),
      restart: (ledger, epoch) => process.call(() => this.restart(ledger, epoch)),
      halt: (ledger, epoch) => process.call(() => this.rows.get(ledger)?.epoch === epoch),
      openRefills: () => process.call(() => []),
      beginRefill: () => process.call(() => false),
      finishRefill: () => process.call(() => undefined),
    };
  }

  private claim(holder: string, ttlMs: number): number | null {
    const { lease, time } = this;
    const expired = lease.expiresAtMs < time.nowMs;
    if (lease.holder !== holder && !expired) return null;
    if (lease.holder !== holder || expired) lease.epoch += 1;
    Object.assign(lease, { holder, expiresAtMs: time.nowMs + ttlMs });
    return lease.epoch;
  }

  private release(holder: string): void {
    if (this.lease.holder === holder) this.lease.expiresAtMs = this.time.nowMs - 1;
  }

  private take(epoch: number): readonly Row[] {
    const mine = [...this.rows.values()].filter((row) => row.epoch <= epoch);
    for (const row of mine) row.epoch = epoch;
    if (mine.length > 0) this.takenBy = Math.max(this.takenBy, epoch);
    return mine.map((row) => ({ ...row }));
  }

  private begin({ ledger, incarnation, epoch }: { ledger: string; incarnation: string; epoch: number }): Row | null {
    if (this.rows.has(ledger) || epoch !== this.lease.epoch) return null;
    const row: Row = { ledger, incarnation, position: 0, firstOffset: null, lastOffset: null, epoch };
    this.rows.set(ledger, row);
    return { ...row };
  }

  private advance({
    ledger,
    epoch,
    from,
    to,
    firstOffset,
    lastOffset,
  }: Parameters<RelayProgress['advance']>[0]): boolean {
    const row = this.rows.get(ledger);
    if (row?.epoch !== epoch || row.position !== from) return false;
    this.watchFence(ledger, epoch);
    Object.assign(row, { position: to, firstOffset, lastOffset });
    return true;
  }

  private restart(ledger: string, epoch: number): boolean {
    const row = this.rows.get(ledger);
    if (row?.epoch !== epoch) return false;
    this.watchFence(ledger, epoch);
    Object.assign(row, { position: 0, firstOffset: null, lastOffset: null });
    return true;
  }

  private watchFence(ledger: string, epoch: number): void {
    if (epoch < this.takenBy) this.fenceFaults.push(`${ledger}: epoch ${epoch} after ${this.takenBy}`);
  }
}
