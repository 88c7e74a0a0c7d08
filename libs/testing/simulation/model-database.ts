import type pg from 'pg';
import type { ModelLedger } from './model-ledger.ts';
import { ModelTurn } from './model-turn.ts';
import type { Holder } from './row-lock.ts';
import { ConnectionLost, type SimulatedProcess, type Surroundings } from './simulated-process.ts';

/** How long a transaction may hold the ledger in silence before the server ends it. */
const SILENCE_MS = 200;

/** A transaction of {@link modelPool}'s client. */
interface Transaction extends Holder {
  readonly ledger: ModelLedger;
}

interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * What the store's and the reader's own statements find in place of PostgreSQL, for one process. Throws TypeError for
 * any other statement.
 */
export function modelPool(
  ledgers: ReadonlyMap<string, ModelLedger>,
  process: SimulatedProcess,
  around: Surroundings,
): pg.Pool {
  const query = async (config: unknown, values?: readonly unknown[]) => {
    const statement = statementOf(config, values);
    return { rows: await process.call(() => answer(ledgers, statement, null)) };
  };
  const connect = () => Promise.resolve(new ModelClient(ledgers, process, around));
  return { query, connect } as unknown as pg.Pool;
}

/** One connection, for a turn at a ledger or a transaction: one begins by taking the lock, and ends by commit or by being thrown away. */
class ModelClient {
  private transaction: Transaction | null = null;
  private readonly turn: ModelTurn;

  constructor(
    private readonly ledgers: ReadonlyMap<string, ModelLedger>,
    private readonly process: SimulatedProcess,
    private readonly around: Surroundings,
  ) {
    this.turn = new ModelTurn(around);
  }

  async query(config: unknown, values?: readonly unknown[]): Promise<{ rows: readonly unknown[] }> {
    const statement = statementOf(config, values);
    return { rows: await this.process.call(() => this.heard(statement)) };
  }

  release(broken?: boolean): void {
    if (broken !== true) return;
    this.turn.end();
    this.end();
  }

  private async heard(statement: Statement): Promise<readonly unknown[]> {
    this.turn.check();
    const rows = await this.served(statement);
    this.turn.heard();
    return rows;
  }

  private async served(statement: Statement): Promise<readonly unknown[]> {
    const locked = /lock_ledger\('([^']+)'\)/.exec(statement.text)?.[1];
    if (locked !== undefined) return this.begin(ledgerOf(this.ledgers, locked));
    if (statement.name === 'ledger-take-turn') {
      return [await this.turn.take(ledgerOf(this.ledgers, String(statement.values[0])))];
    }
    if (statement.name === 'ledger-leave-turn') this.turn.leave();
    const { transaction } = this;
    if (transaction === null) return answer(this.ledgers, statement, null);
    if (!transaction.ledger.lock.holds(transaction)) throw new ConnectionLost();
    if (statement.text !== 'commit') return answer(this.ledgers, statement, transaction);
    if (transaction.staged !== null) transaction.ledger.commit(transaction.staged);
    this.end();
    return [];
  }

  private async begin(ledger: ModelLedger): Promise<readonly unknown[]> {
    const transaction: Transaction = { ledger, staged: null };
    this.transaction = transaction;
    await ledger.lock.take(transaction);
    this.around.time.after(SILENCE_MS, () => {
      if (ledger.lock.holds(transaction)) this.around.tally.add('transaction ended by the server');
      ledger.lock.release(transaction);
    });
    return [];
  }

  private end(): void {
    this.transaction?.ledger.lock.release(this.transaction);
    this.transaction = null;
  }
}

function statementOf(config: unknown, values: readonly unknown[] = []): Statement {
  if (typeof config === 'string') return { name: '', text: config, values };
  const { name = '', text, values: own = [] } = config as Partial<Statement> & { text: string };
  return { name, text, values: own };
}

function answer(
  ledgers: ReadonlyMap<string, ModelLedger>,
  { name, text, values }: Statement,
  holder: Holder | null,
): readonly unknown[] | Promise<readonly unknown[]> {
  if (name === 'ledger-leave-turn') return [];
  if (name === 'ledger-heads') return [...ledgers.values()].map(headRow);
  const ledger = ledgerOf(ledgers, String(values[0]));
  if (name === 'ledger-read') return eventRows(ledger, values as [string, number, number, number]);
  if (name === 'ledger-append') {
    const [, decidedOn, commands, events, bytes] = values as [string, number, string, string, Buffer];
    return ledger.append({ decidedOn, commands, events, bytes }, holder).then((row) => [row]);
  }
  if (text.includes('ledger.known_commands(')) return [{ known: ledger.known(String(values[1])) }];
  if (text.includes('from ledger.ledgers where')) return [{ ledger: ledger.ledger, clock: 'system', currency: 'USD', title: null, parent: null, fork_position: null }]; // prettier-ignore
  throw new TypeError(`the model does not know the statement: ${text}`);
}

function ledgerOf(ledgers: ReadonlyMap<string, ModelLedger>, name: string): ModelLedger {
  const ledger = ledgers.get(name);
  if (ledger === undefined) throw new TypeError(`the model has no ledger ${name}`);
  return ledger;
}

function headRow({ ledger, events }: ModelLedger): object {
  const last = events.at(-1);
  const [position, at] = [String(last?.position ?? 0), String(last?.recordedAtMs ?? 0)];
  return { ledger, position, recorded_at_ms: at, is_branch: false };
}

function eventRows(ledger: ModelLedger, [, after, upTo, limit]: [string, number, number, number]): readonly object[] {
  return ledger.events
    .filter(({ position }) => position > after && position <= upTo)
    .slice(0, limit)
    .map(({ effectiveAt, recordedAtMs, ...row }) => ({
      ...row,
      effective_at: effectiveAt,
      recorded_at_ms: recordedAtMs,
    }));
}
