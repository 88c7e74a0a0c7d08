import { setTimeout as sleep } from 'node:timers/promises';

import type { ClosingStack } from './closing-stack.ts';
import { failureLine, say } from './progress.ts';
import type { Ending } from './ending.ts';

/** A server of this machine, as libs/local-servers starts it. */
export interface LocalServer {
  /** Resolves when the server has ended, stopped or not. */
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

export interface KeptRunning<Server> {
  readonly first: Server;
  /** Resolves when the server ended and could not be started again. */
  readonly lost: Promise<Ending>;
}

const ATTEMPTS_MAX = 5;
const RESTART_DELAY_MS = 500;
/** A server that ran this long has recovered: its next end is a new trouble. */
const RECOVERED_AFTER_MS = 60_000;

/**
 * Starts a server, and again when it ends by itself, so that one that was killed costs its clients seconds.
 * Gives up after five ends or failed starts in a row, with less than a minute of service between them.
 */
export async function keepRunning<Server extends LocalServer>(
  name: string,
  start: () => Promise<Server>,
  closing: ClosingStack,
): Promise<KeptRunning<Server>> {
  const first = await start();
  const watch = new Watch(name, start, first);
  closing.onClose(() => watch.stop());
  return { first, lost: watch.lost() };
}

class Watch<Server extends LocalServer> {
  private stopping = false;
  private restarting: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly name: string,
    private readonly start: () => Promise<Server>,
    private current: Server,
  ) {}

  async lost(): Promise<Ending> {
    let attempts = 0;
    for (;;) {
      const startedMs = performance.now();
      await this.current.exited;
      if (performance.now() - startedMs > RECOVERED_AFTER_MS) attempts = 0;
      do {
        if (this.stopping) return new Promise(() => undefined);
        if (attempts++ === ATTEMPTS_MAX) return this.givenUp();
        this.restarting = this.restart();
      } while (!(await this.restarting));
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.restarting;
    await this.current.stop();
  }

  private givenUp(): Ending {
    return { text: `waybill: ${this.name} cannot be kept running; its log says why`, exitCode: 1 };
  }

  private async restart(): Promise<boolean> {
    say(`${this.name} has ended; starting it again`);
    try {
      await this.current.stop();
      await sleep(RESTART_DELAY_MS);
      this.current = await this.start();
      say(`${this.name} runs again`);
      return true;
    } catch (error) {
      say(failureLine(error));
      return false;
    }
  }
}
