import type { LedgerHead } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { AlarmClock } from '../alarm-clock.ts';
import { Backoff } from '../backoff.ts';
import { LeadershipLost } from '../errors.ts';
import { LeadTerm } from './lead-term.ts';
import type { RelayPace, RelayParts } from './lead-term.ts';
import { LeaseKeeper } from './lease-keeper.ts';

export interface RelaySettings extends RelayPace {
  /** How long others wait for a leader that went silent; what take-over costs at most, with a sixth of it on top. */
  readonly leaseTtlMs: number;
  /** Waits between looks at the ledgers' heads: the first when something was just published, growing to the last. */
  readonly pollFirstMs: number;
  readonly pollLastMs: number;
  /** Waits after a failure, doubling from the first to the last. */
  readonly retryFirstMs: number;
  readonly retryLastMs: number;
  /** Between looks at what somebody asked for. */
  readonly refillLookMs: number;
  /** Between looks at whether the topic still holds what it acknowledged. */
  readonly inspectMs: number;
}

export const RELAY_SETTINGS: RelaySettings = {
  leaseTtlMs: 3_000,
  pollFirstMs: 20,
  pollLastMs: 200,
  retryFirstMs: 100,
  retryLastMs: 5_000,
  refillLookMs: 500,
  inspectMs: 10_000,
  pageEvents: 2_000,
  requestEvents: 500,
  requestBytes: 768 * 1024,
};

export type RelayState = 'stopped' | 'standing by' | 'leading' | 'failing';

/**
 * Publishes every ledger to the topic, in order, at least once: reads from the published position, sends, records what
 * was acknowledged. One relay of a topic leads, the others stand by. A crash between send and record sends again.
 */
export class Relay {
  private readonly settings: RelaySettings;
  private readonly lease: LeaseKeeper;
  private readonly backoff: Backoff;
  /** Ends the wait for new events; {@link wake} rings it. */
  private readonly idle = new AlarmClock();
  /** Ends the waits that news of events must not cut short. */
  private readonly rest = new AlarmClock();
  private running: Promise<void> | null = null;
  private stopping = false;
  private term: LeadTerm | null = null;
  private current: RelayState = 'stopped';

  constructor(
    private readonly parts: RelayParts,
    settings: Partial<RelaySettings> = {},
  ) {
    this.settings = { ...RELAY_SETTINGS, ...settings };
    this.backoff = new Backoff(this.settings.retryFirstMs, this.settings.retryLastMs);
    const onRenewalFailed = (error: unknown) => parts.observer.failed(error, this.settings.leaseTtlMs / 4);
    this.lease = new LeaseKeeper(parts.progress, this.settings.leaseTtlMs, onRenewalFailed);
  }

  get state(): RelayState {
    return this.current;
  }

  /** Ledgers that are not published any more, and why; empty while another relay leads. */
  get halted(): ReadonlyMap<string, Error> {
    return this.term?.halted ?? new Map<string, Error>();
  }

  start(): void {
    this.running ??= this.run();
  }

  /** Ends after the requests under way, gives the lead back and closes the publisher. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.idle.ring();
    this.rest.ring();
    await this.running;
    await this.parts.publisher.close();
  }

  /** Something was appended: look now. */
  wake(): void {
    this.idle.ring();
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        const epoch = await this.lease.claim();
        if (epoch === null) await this.standBy();
        else await this.lead(epoch);
      } catch (error) {
        await this.recover(error);
      }
    }
    this.current = 'stopped';
  }

  private async standBy(): Promise<void> {
    if (this.current !== 'standing by') this.parts.observer.standingBy();
    this.current = 'standing by';
    await this.rest.sleep(this.settings.leaseTtlMs / 6);
  }

  private async lead(epoch: number): Promise<void> {
    const term = new LeadTerm(this.parts, this.settings, epoch, () => this.lease.held);
    try {
      await term.begin();
      this.term = term;
      this.current = 'leading';
      this.parts.observer.leading(epoch);
      await this.follow(term);
      if (!this.stopping) throw new LeadershipLost(this.parts.topic.topic, epoch);
    } finally {
      this.term = null;
      await this.giveBack();
    }
  }

  /** A lead that cannot be given back runs out by itself. */
  private async giveBack(): Promise<void> {
    try {
      await this.lease.release();
    } catch (error) {
      this.parts.observer.failed(error, this.settings.leaseTtlMs);
    }
  }

  private async follow(term: LeadTerm): Promise<void> {
    let pollMs = this.settings.pollFirstMs;
    const refillsDue = every(this.settings.refillLookMs, -Infinity);
    const inspectionDue = every(this.settings.inspectMs, performance.now());
    while (!this.stopping && this.lease.held) {
      const heads = booksOf(await this.parts.reader.heads());
      if (inspectionDue()) await term.inspect();
      if (refillsDue()) await term.takeUpRefills(heads);
      const busy = await term.publishDue(heads);
      this.backoff.afterSuccess();
      pollMs = busy ? this.settings.pollFirstMs : Math.min(this.settings.pollLastMs, pollMs * 1.5);
      if (!busy) await this.idle.sleep(pollMs);
    }
  }

  private async recover(error: unknown): Promise<void> {
    const delayMs = this.backoff.afterFailure();
    this.current = 'failing';
    this.parts.observer.failed(error, delayMs);
    await this.rest.sleep(delayMs);
  }
}

/** A what-if is told to nobody else. */
function booksOf(heads: ReadonlyMap<Id, LedgerHead>): ReadonlyMap<Id, LedgerHead> {
  return new Map([...heads].filter(([, { isBranch }]) => !isBranch));
}

/** Says yes when `intervalMs` have passed since it last did, by the monotonic clock. */
function every(intervalMs: number, lastMs: number): () => boolean {
  let last = lastMs;
  return () => {
    const nowMs = performance.now();
    if (nowMs - last < intervalMs) return false;
    last = nowMs;
    return true;
  };
}
