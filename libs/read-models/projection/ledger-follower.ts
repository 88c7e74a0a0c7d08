import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerHead, LedgerReader } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import type { ProjectorObserver } from './observer.ts';
import type { Projector } from './projector.ts';

export interface FollowerParts {
  readonly projector: Projector;
  readonly reader: LedgerReader;
  readonly observer?: ProjectorObserver;
  /** Which of the ledgers named are halted: one that was, and was released, is tried at once. Absent: none is asked for. */
  readonly halted?: (ledgers: readonly Id[]) => Promise<ReadonlySet<Id>>;
  /** How long a ledger may be ahead of its checkpoint without progress before it is caught up from the ledger. */
  readonly patienceMs: number;
  /** Between two looks at the heads. */
  readonly pollMs: number;
}

/** How long a halted or failing ledger is left alone: its event will hardly be another one by then. */
const RETRY_DELAY_MS = 30_000;

/**
 * Catches ledgers up that are ahead of their checkpoint without progress: a lost tail shows no gap, and this finds it.
 * It is the whole feed of branches, and with patience 0 of every ledger, for a Waybill without Kafka.
 */
export class LedgerFollower {
  /** Left alone because of a halt. */
  private readonly resting = new Set<Id>();
  private readonly seen = new Map<Id, { position: number; sinceMs: number }>();
  private readonly stopping = new AbortController();
  private nap = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly parts: FollowerParts) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Looks at the heads at once: something was appended in this process. */
  wake(): void {
    this.nap.abort();
  }

  /** Resolves when the pass under way is done. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      this.nap = new AbortController();
      try {
        await this.pass();
      } catch (error) {
        this.parts.observer?.failed?.(error);
      }
      await this.napping();
    }
  }

  private async pass(): Promise<void> {
    await this.wakeReleased();
    const heads = await this.parts.reader.heads();
    const late = await Promise.all([...heads].map(async ([ledger, head]) => this.isLate(ledger, head)));
    const ledgers = [...heads].filter((_, index) => late[index]);
    const outcomes = await Promise.allSettled(ledgers.map(([ledger, head]) => this.catchUp(ledger, head)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') this.parts.observer?.failed?.(outcome.reason);
  }

  private async isLate(ledger: Id, head: LedgerHead): Promise<boolean> {
    const { position } = await this.parts.projector.checkpoint(ledger);
    const nowMs = performance.now();
    const seen = this.seen.get(ledger);
    if (seen?.position !== position) this.seen.set(ledger, { position, sinceMs: nowMs });
    const sinceMs = seen?.position === position ? seen.sinceMs : nowMs;
    return head.position > position && nowMs - sinceMs >= this.patienceMs(head);
  }

  /** The topic brings nothing of a branch: nothing is waited for. */
  private patienceMs({ isBranch }: LedgerHead): number {
    return isBranch ? 0 : this.parts.patienceMs;
  }

  /** A ledger that did not move for all that is tried again later. */
  private async catchUp(ledger: Id, head: LedgerHead): Promise<void> {
    const before = await this.parts.projector.checkpoint(ledger);
    const after = await this.parts.projector.catchUp(ledger);
    const isCatch = this.patienceMs(head) > 0 && after.position > before.position;
    if (isCatch) this.parts.observer?.caughtUp?.(ledger, before.position, after);
    const delayMs = after.position === before.position ? RETRY_DELAY_MS : 0;
    this.seen.set(ledger, { position: after.position, sinceMs: performance.now() + delayMs });
    if (await this.isHalted(ledger)) this.resting.add(ledger);
  }

  private async isHalted(ledger: Id): Promise<boolean> {
    return (await this.parts.halted?.([ledger]))?.has(ledger) ?? false;
  }

  /** Who was released, or went on by another hand, need not wait for the delay. */
  private async wakeReleased(): Promise<void> {
    if (this.resting.size === 0 || this.parts.halted === undefined) return;
    const halted = await this.parts.halted([...this.resting]);
    for (const ledger of [...this.resting].filter((each) => !halted.has(each))) {
      this.resting.delete(ledger);
      this.seen.set(ledger, { position: this.seen.get(ledger)?.position ?? 0, sinceMs: -Infinity });
    }
  }

  private async napping(): Promise<void> {
    try {
      await sleep(this.parts.pollMs, undefined, { signal: this.nap.signal });
    } catch (error) {
      if (!this.nap.signal.aborted) throw error;
    }
  }
}
