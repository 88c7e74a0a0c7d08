import { edgeProblem } from '../problem/problem.ts';

export interface StreamLimits {
  readonly perCaller: number;
  readonly inAll: number;
}

/** The streams that are open: so many a caller and in all, and all of them end when the process does. */
export class LiveStreams {
  private readonly open = new Map<AbortController, string>();
  private ended = false;

  constructor(private readonly limits: StreamLimits) {}

  /** Throws `RATE_LIMITED` when `caller`, or everyone together, has as many as may be; the controller ends the stream. */
  begin(caller: string): AbortController {
    const own = [...this.open.values()].filter((each) => each === caller).length;
    if (this.ended || own >= this.limits.perCaller || this.open.size >= this.limits.inAll) {
      throw edgeProblem('RATE_LIMITED', { retryAfterSeconds: 10 });
    }
    const stream = new AbortController();
    this.open.set(stream, caller);
    return stream;
  }

  end(stream: AbortController): void {
    stream.abort();
    this.open.delete(stream);
  }

  endAll(): void {
    this.ended = true;
    for (const stream of this.open.keys()) this.end(stream);
  }
}
