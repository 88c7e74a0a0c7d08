import { SingleBar } from 'cli-progress';

type Stream = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** Of a rebuild, and of whatever else goes through a ledger from its first event. */
export interface EventsDone {
  readonly phase: string;
  /** Events done. */
  readonly position: number;
  /** Events in all. */
  readonly goal: number;
}

export interface RebuildDisplay {
  readonly show: (progress: EventsDone) => void;
  readonly stop: () => void;
}

/** How far a rebuild is, with its rate and the time left: a bar on a terminal, else a line every few seconds. */
export function rebuildProgress(stream: Stream): RebuildDisplay {
  return stream.isTTY === true ? barOn(stream) : linesOn(stream);
}

function barOn(stream: Stream): RebuildDisplay {
  const bar = new SingleBar({ stream, format: '{phase} {bar} {value}/{total} events, {pace}', clearOnComplete: true });
  bar.start(1, 0, { phase: 'starting', pace: '' });
  const pace = new Pace();
  return {
    show: (progress) => {
      bar.setTotal(progress.goal);
      bar.update(progress.position, { phase: progress.phase, pace: pace.said(progress) });
    },
    stop: () => bar.stop(),
  };
}

const LINE_EVERY_MS = 3_000;

function linesOn(stream: Stream): RebuildDisplay {
  const pace = new Pace();
  let nextAtMs = performance.now() + LINE_EVERY_MS;
  return {
    show: (progress) => {
      const said = pace.said(progress);
      if (performance.now() < nextAtMs) return;
      nextAtMs = performance.now() + LINE_EVERY_MS;
      stream.write(`${progress.phase} ${progress.position}/${progress.goal} events, ${said}\n`);
    },
    stop: () => undefined,
  };
}

/** Events a second since the phase began, and what is left at that rate. */
export class Pace {
  private phase: string | null = null;
  private sinceMs = 0;

  constructor(private readonly nowMs: () => number = () => performance.now()) {
    this.sinceMs = nowMs();
  }

  said({ phase, position, goal }: EventsDone): string {
    if (this.phase !== null && phase !== this.phase) this.sinceMs = this.nowMs();
    this.phase = phase;
    const elapsedSeconds = (this.nowMs() - this.sinceMs) / 1_000;
    if (elapsedSeconds <= 0 || position === 0) return 'starting';
    const perSecond = position / elapsedSeconds;
    return `${Math.round(perSecond)}/s, ${Math.ceil((goal - position) / perSecond)} s left`;
  }
}
