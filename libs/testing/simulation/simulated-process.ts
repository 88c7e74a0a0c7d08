import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What may happen to a call between a process and a server; probabilities, zero in calm weather. */
export interface Weather {
  /** The connection breaks before the server hears, or before the process does. */
  readonly lost: number;
  /** The connection breaks, and the server still acts on the call some time later. */
  readonly late: number;
  /** The call or its answer takes longer than a lease lasts. */
  readonly slow: number;
}

export const CALM: Weather = { lost: 0, late: 0, slow: 0 };

/** The connection broke: nobody knows what became of the call. */
export class ConnectionLost extends Error {
  readonly code = 'CONNECTION_LOST';
}

export interface Surroundings {
  readonly time: VirtualTime;
  readonly chance: Chance;
  weather: Weather;
}

const SLOW_MS = 900;

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
      const heard = (tell: () => void) => {
        time.after(this.delayMs(), () => {
          if (!this.dead) tell();
        });
      };
      const broken = () => heard(() => reject(new ConnectionLost()));
      const drawn = chance.next();
      const lostBefore = drawn < weather.lost / 2;
      const lostAfter = !lostBefore && drawn < weather.lost;
      const late = !lostAfter && drawn < weather.lost + weather.late;
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

  private delayMs(): number {
    const { time, chance, weather } = this.around;
    const pauseMs = Math.max(0, this.pausedUntilMs - time.nowMs);
    return pauseMs + (chance.happens(weather.slow) ? chance.between(10, SLOW_MS) : chance.between(0, 4));
  }
}

async function attempt<T>(serve: () => T | Promise<T>): Promise<T> {
  return serve();
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('something else than an error was thrown', { cause: thrown });
}
