import { createHash } from 'node:crypto';
import type { StoredEvent } from '#libs/event-store';
import { RowLock, type Holder } from './row-lock.ts';
import { ConnectionLost, type Surroundings } from './simulated-process.ts';
import type { LoggedCommand, Staged } from './staged.ts';

/** When simulated time begins. */
const EPOCH_MS = 1_700_000_000_000;

/** What the call named ledger-append carries. */
export interface AppendCall {
  readonly decidedOn: number;
  readonly commands: string;
  readonly events: string;
  readonly bytes: Buffer;
}

/** One ledger of the store as its functions promise it: ledger.append, ledger.known_commands, ledger.lock_ledger. */
export class ModelLedger {
  readonly events: StoredEvent[] = [];
  readonly commands = new Map<string, LoggedCommand>();
  readonly lock: RowLock;
  /** Whose turn it is to write. */
  readonly turn: RowLock;
  private clockBehindMs = 0;

  constructor(
    readonly ledger: string,
    private readonly around: Surroundings,
  ) {
    this.lock = new RowLock();
    this.turn = new RowLock();
  }

  /** As ledger.append: under the row lock, which `holder` may have already. */
  async append(call: AppendCall, holder: Holder | null): Promise<object> {
    const own: Holder = holder ?? { staged: null };
    if (holder === null) await this.lock.take(own);
    const { life } = this.lock;
    try {
      const head = this.events.length;
      await this.around.time.sleep(this.around.chance.between(0, 4));
      if (life !== this.lock.life) throw new ConnectionLost();
      if (head !== call.decidedOn) return this.missed(head, call);
      const known = this.known(call.commands);
      if (known !== null) return this.outcome('known', head, { known });
      const staged = this.rowsOf(call, head);
      own.staged = staged;
      if (holder === null) this.commit(staged);
      return this.outcome('appended', head + staged.events.length, {});
    } finally {
      if (holder === null) this.lock.release(own);
    }
  }

  /** What was not committed is gone, and so are the connections. */
  restart(): void {
    this.lock.forget();
    this.turn.forget();
  }

  setClockBack(byMs: number): void {
    this.clockBehindMs += byMs;
  }

  /** As ledger.append reads it: under the lock, in whole milliseconds, never before the last event. */
  private recordedAtMs(): number {
    const lastMs = this.events.at(-1)?.recordedAtMs ?? 0;
    return Math.max(lastMs, EPOCH_MS + Math.floor(this.around.time.nowMs) - this.clockBehindMs);
  }

  /** Of the commands asked for (JSON), those in the log; null when none is. */
  known(asked: string): readonly object[] | null {
    const known = (JSON.parse(asked) as { actor: string; commandId: string }[]).flatMap((each) => {
      const logged = this.commands.get(commandKey(each));
      if (logged === undefined) return [];
      const { actor, commandId, request, answer } = logged;
      return [{ actor, commandId, requestHash: createHash('sha256').update(request).digest('hex'), answer }];
    });
    return known.length === 0 ? null : known;
  }

  commit({ events, commands }: Staged): void {
    this.events.push(...events);
    for (const command of commands) this.commands.set(commandKey(command), command);
  }

  private missed(head: number, { decidedOn, commands }: AppendCall): object {
    const missed = this.events.slice(decidedOn).map((event) => ({ ...event, body: event.body.toString() }));
    return this.outcome('missed', head, { known: this.known(commands), missed });
  }

  private outcome(outcome: string, head: number, more: object): object {
    return { outcome, head: String(head), recorded_at_ms: String(this.recordedAtMs()), known: null, missed: null, ...more }; // prettier-ignore
  }

  private rowsOf({ commands, events, bytes }: AppendCall, head: number): Staged {
    const cut = (at: number, length: number) => bytes.subarray(at - 1, at - 1 + length);
    const recordedAtMs = this.recordedAtMs();
    return {
      events: (JSON.parse(events) as EventRow[]).map(({ bodyAt, bodyLength, ...row }, index) => {
        return { ...row, ledger: this.ledger, position: head + 1 + index, recordedAtMs, body: cut(bodyAt, bodyLength) };
      }),
      commands: (JSON.parse(commands) as CommandRow[]).map(({ actor, commandId, ...row }) => {
        const request = cut(row.requestAt, row.requestLength).toString();
        return { actor, commandId, request, answer: cut(row.answerAt, row.answerLength).toString() };
      }),
    };
  }
}

/** Under which a command is logged once. */
export function commandKey({ actor, commandId }: { readonly actor: string; readonly commandId: string }): string {
  return `${actor} ${commandId}`;
}

interface EventRow {
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly effectiveAt: string;
  readonly bodyAt: number;
  readonly bodyLength: number;
}

interface CommandRow {
  readonly actor: string;
  readonly commandId: string;
  readonly requestAt: number;
  readonly requestLength: number;
  readonly answerAt: number;
  readonly answerLength: number;
}
