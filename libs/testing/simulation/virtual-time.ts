import { createRequire, syncBuiltinESMExports } from 'node:module';
import { settled } from './settled.ts';

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
  /** Tasks run so far. */
  steps = 0;
  /** What waits for the end of the turn. */
  private readonly turns: (() => void)[] = [];
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

  /** Resolves when all that is resolved now has gone as far as it can. */
  turn(): Promise<void> {
    return new Promise((resolve) => void this.turns.push(resolve));
  }

  /** Runs task after task, each with all that follows from it, until `untilMs`. Not from within a promise's reaction. */
  run(untilMs: number): void {
    this.settle();
    for (let task = this.tasks.at(-1); task !== undefined && task.atMs <= untilMs; task = this.tasks.at(-1)) {
      this.tasks.pop();
      if (task.cancelled) continue;
      this.nowMs = task.atMs;
      this.steps += 1;
      task.run();
      if (task.everyMs !== null) this.repeat(task, task.everyMs);
      this.settle();
    }
    this.nowMs = untilMs;
  }

  private settle(): void {
    settled();
    for (let next = this.turns.shift(); next !== undefined; next = this.turns.shift()) {
      next();
      settled();
    }
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

/** The clock that {@link installClock} put in the place of the process's own. */
let current = new VirtualTime();

/** Lets `time` be the clock, and `random` the randomness, of all that runs from now on. */
export function setClock(time: VirtualTime, random: () => number): void {
  current = time;
  Math.random = random;
}

/** Puts {@link setClock}'s clock in the place of the process's own; the answer puts that one back. */
export function installClock(): () => void {
  const promised = createRequire(import.meta.url)('node:timers/promises') as PromisedTimers;
  const { setTimeout, setInterval, clearTimeout, clearInterval } = globalThis;
  const { random } = Math;
  const own = { setTimeout: promised.setTimeout, setImmediate: promised.setImmediate };
  const cancel = (task: Task | undefined) => {
    if (task !== undefined) task.cancelled = true;
  };
  Object.assign(globalThis, {
    setTimeout: (run: () => void, delayMs: number) => current.after(delayMs, run),
    setInterval: (run: () => void, everyMs: number) => current.after(everyMs, run, everyMs),
    clearTimeout: cancel,
    clearInterval: cancel,
  });
  Object.assign(promised, { setTimeout: sleepUnlessAborted, setImmediate: () => current.turn() });
  syncBuiltinESMExports();
  Object.defineProperty(performance, 'now', { value: () => current.nowMs, configurable: true });
  return () => {
    Object.assign(globalThis, { setTimeout, setInterval, clearTimeout, clearInterval });
    Math.random = random;
    Object.assign(promised, own);
    syncBuiltinESMExports();
    Reflect.deleteProperty(performance, 'now');
  };
}

interface PromisedTimers {
  setTimeout: unknown;
  setImmediate: unknown;
}

function sleepUnlessAborted(delayMs: number, _: unknown, options: { signal?: AbortSignal } = {}): Promise<void> {
  const { signal } = options;
  return new Promise((resolve, reject) => {
    const task = current.after(delayMs, resolve);
    signal?.addEventListener('abort', () => {
      task.cancelled = true;
      reject(signal.reason as Error);
    });
  });
}
