import { setTimeout as sleep } from 'node:timers/promises';
import type { TradingPlace } from './trading-place.fixture.spec.ts';

const LANES = 16;

export interface CrashRound {
  /** Milliseconds of trading before every process was killed. */
  readonly killedAfterMs: number;
  /** Commands whose outcome nobody knew then. */
  readonly unknown: number;
  readonly readyAfterSeconds: number;
}

/** Kills everything at `rounds` random moments under load, starting it again each time. */
export async function crashRounds(trading: TradingPlace, rounds: number): Promise<readonly CrashRound[]> {
  const done: CrashRound[] = [];
  while (done.length < rounds) {
    const killedAfterMs = Math.round(200 + Math.random() * 2_800);
    trading.trade(LANES);
    await sleep(killedAfterMs);
    const readyAfterSeconds = await trading.cutPowerAndRestart();
    done.push({ killedAfterMs, unknown: await trading.rest(), readyAfterSeconds });
  }
  return done;
}
