import type { Chance } from './chance.ts';
import type { Tally } from './tally.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What may happen to a call between a process and a server; probabilities, zero in calm weather. */
export interface Weather {
  /** The connection breaks before the server hears, or before the process does. */
  readonly lost: number;
  /** The connection breaks, and the server still acts on the call some time later. */
  readonly late: number;
  /** The call or its answer takes longer than a lease lasts. */
  readonly slow: number;
  /** A message of the topic cannot be read. */
  readonly garbled: number;
  /** A reader that waited hears of news after this long at most, and then of all that came meanwhile. */
  readonly lingerMs: number;
}

export const CALM: Weather = { lost: 0, late: 0, slow: 0, garbled: 0, lingerMs: 10 };

/** The connection broke: nobody knows what became of the call. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';
}

export interface Surroundings {
  readonly time: VirtualTime;
  readonly chance: Chance;
  weather: Weather;
  readonly tally: Tally;
}

const SLOW_MS = 450;

/**
 * A process as the network sees it. Dead, it hears nothing any more, while what it had sent still arrives; paused, it
 * hears and sends later, believing what it believed before.
 */
export class SimulatedProcess {
  private dead = false;
  private pausedUntilMs = 0;

  constructor(private readonly around: Surroundings) {}

  get alive(): boolean {
    return !this.dead;
  }

  crash(): void {
    this.dead = true;
  }

  pause(durationMs: number): void {
    this.pausedUntilMs = this.around.time.nowMs + durationMs;
  }

  /** Lets `serve` run at the server; never resolves once the process is dead. Throws ConnectionLost. */
  call<T>(serve: () => T | Promise<T>): Promise<T> {
    const { time, chance, weather } = this.around;
    return new Promise<T>((resolve, reject) => {
      if (this.dead) return;
      if (this.isQuiet()) return this.serveAtOnce(serve, resolve, reject);
      const heard = (tell: () => void) => {
        time.after(this.delayMs(), () => {
          if (!this.dead) tell();
        });
      };
      const broken = () => heard(() => reject(new ConnectionLost()));
      const drawn = chance.next();
      const lostBefore = drawn < weather.lost / 2;
      const lostAfter = !lostBefore && drawn < weather.lost;
      const late = !lostBefore && !lostAfter && drawn < weather.lost + weather.late;
      this.count(lostBefore, lostAfter, late);
      if (lostBefore || late) broken();
      if (lostBefore) return;
      time.after(this.delayMs() + (late ? chance.between(0, SLOW_MS) : 0), () => {
        const served = attempt(serve);
        if (lostAfter) broken();
        served.then(
          (answer) => {
            if (!lostAfter && !late) heard(() => resolve(answer));
          },
          (error: unknown) => {
            if (!lostAfter && !late) heard(() => reject(asError(error)));
          },
        );
      });
    });
  }

  /** In calm weather there and back are one step: half of the steps for the same promises. */
  private serveAtOnce<T>(
    serve: () => T | Promise<T>,
    resolve: (answer: T) => void,
    reject: (error: unknown) => void,
  ): void {
    const { time, chance } = this.around;
    time.after(chance.between(0, 8), () => {
      attempt(serve).then(
        (answer) => {
          if (!this.dead) resolve(answer);
        },
        (error: unknown) => {
          if (!this.dead) reject(error);
        },
      );
    });
  }

  private isQuiet(): boolean {
    const { time, weather } = this.around;
    return weather === CALM && this.pausedUntilMs <= time.nowMs;
  }

  private count(lostBefore: boolean, lostAfter: boolean, late: boolean): void {
    const { tally } = this.around;
    if (lostBefore) tally.add('call lost before it had an effect');
    if (lostAfter) tally.add('answer lost after the effect');
    if (late) tally.add('effect after the connection broke');
  }

  private delayMs(): number {
    const { time, chance, weather, tally } = this.around;
    const pauseMs = Math.max(0, this.pausedUntilMs - time.nowMs);
    if (!chance.happens(weather.slow)) return pauseMs + chance.between(0, 4);
    tally.add('call or answer slow');
    return pauseMs + chance.between(10, SLOW_MS);
  }
}

async function attempt<T>(serve: () => T | Promise<T>): Promise<T> {
  return serve();
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('something else than an error was thrown', { cause: thrown });
}
