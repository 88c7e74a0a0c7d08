import { setTimeout as sleep } from 'node:timers/promises';
import type { Queryable } from '#libs/event-store';
import type { Id } from '#libs/kernel';
import { projectionLags, type ReleasedHalt } from '#libs/read-models';

export interface ReleaseOutcome {
  /** Whether the read models passed the event that had stopped them. */
  readonly wentOn: boolean;
  readonly text: string;
}

const PATIENCE_MS = 10_000;

/** What became of a release within ten seconds: the ledger went on, halted again, or nobody took it up. */
export async function outcomeOf(db: Queryable, ledger: Id, releases: readonly ReleasedHalt[]): Promise<ReleaseOutcome> {
  for (const giveUpAtMs = performance.now() + PATIENCE_MS; ;) {
    const lags = await projectionLags(db, [ledger]);
    const again = lags.find(({ halt }) => halt !== null);
    if (again?.halt !== undefined && again.halt !== null) {
      const { position, code, since } = again.halt;
      return {
        wentOn: false,
        text: `${ledger}: halted again at ${position} by ${code}, ${since}: the cause is still there`,
      };
    }
    const passed = releases.every(({ generation, position }) =>
      lags.every((lag) => lag.generation !== generation || lag.position >= position),
    );
    if (passed) return { wentOn: true, text: `${ledger}: goes on, at position ${lags[0]?.position ?? 0}` };
    if (performance.now() > giveUpAtMs) {
      return { wentOn: false, text: `${ledger}: released; no projector has taken it up yet: is one running?` };
    }
    await sleep(100);
  }
}
