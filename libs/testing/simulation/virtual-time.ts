import { setImmediate as nextTurn } from 'node:timers';

interface Task {
  readonly atMs: number;
  readonly everyMs: number | null;
  readonly run: () => void;
  cancelled: boolean;
}

/**
 * The clock and the timers of a simulated run: time passes only from one task to the next. While installed it stands in
 * for the process's own, so that code with timers and deadlines runs as it is.
 */
export class VirtualTime {
  nowMs = 0;
  /** The next task last. */
  private readonly tasks: Task[] = [];

  /** Runs `run` in `delayMs` from now; of tasks due at the same time, the first asked for first. */
  after(delayMs: number, run: () => void, everyMs: number | null = null): Task {
    const task: Task = { atMs: this.nowMs + Math.max(0, delayMs), everyMs, run, cancelled: false };
    let place = this.tasks.length;
    while (place > 0 && (this.tasks[place - 1]?.atMs ?? Infinity) <= task.atMs) place -= 1;
    this.tasks.splice(place, 0, task);
    return task;
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => void this.after(delayMs, resolve));
  }

  /** Runs task after task, each with all that follows from it, until `ended` or `untilMs`. */
  async run(ended: () => boolean, untilMs: number): Promise<void> {
    while (!ended()) {
      const task = this.tasks.at(-1);
      if (task === undefined || task.atMs > untilMs) return;
      this.tasks.pop();
      if (task.cancelled) continue;
      this.nowMs = task.atMs;
      task.run();
      if (task.everyMs !== null) this.repeat(task, task.everyMs);
      await settled();
    }
  }

  /** Puts this clock in the place of the process's own; the answer puts that one back. */
  install(): () => void {
    const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
    const cancel = (task: Task | undefined) => {
      if (task !== undefined) task.cancelled = true;
    };
    Object.assign(globalThis, {
      setTimeout: (run: () => void, delayMs: number) => this.after(delayMs, run),
      setInterval: (run: () => void, everyMs: number) => this.after(everyMs, run, everyMs),
      clearTimeout: cancel,
      clearInterval: cancel,
    });
    Object.defineProperty(performance, 'now', { value: () => this.nowMs, configurable: true });
    return () => {
      Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
      Reflect.deleteProperty(performance, 'now');
    };
  }

  /** The same task again: whoever holds it can still cancel it. */
  private repeat(task: Task, everyMs: number): void {
    const again = this.after(everyMs, () => {
      if (task.cancelled) return;
      task.run();
      this.repeat(task, everyMs);
    });
    if (task.cancelled) again.cancelled = true;
  }
}

/** When all that the last task resolved has gone as far as it can. */
function settled(): Promise<void> {
  return new Promise((resolve) => nextTurn(resolve));
}
