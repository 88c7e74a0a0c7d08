import { LedgerWriters, PostgresLedgerReader } from '#libs/event-store';
import { LedgerFollower } from '#libs/read-models';
import { Relay, type RelayObserver } from '#libs/messaging';
import type { Chance } from './chance.ts';
import { ModelGroup } from './model-consumer.ts';
import { modelPool } from './model-database.ts';
import { ModelLedger } from './model-ledger.ts';
import { ModelReadTables, SimulatedProjector } from './model-read-tables.ts';
import { ModelRelayRows } from './model-relay-progress.ts';
import { ModelPublisher, ModelTopic } from './model-topic.ts';
import { SimulatedProcess, type Surroundings, type Weather } from './simulated-process.ts';
import { Tally } from './tally.ts';
import type { TradingSink } from './trading-client.ts';
import { tradingCodec, tradingRules } from './trading-rules.ts';
import { VirtualTime } from './virtual-time.ts';

/** Of the store whose ledgers the run writes. */
export const INCARNATION = '0b7f3a52-6a0e-4c55-9d0b-3d1f6c1f2a01';

const SILENT: RelayObserver = {
  leading: () => undefined,
  standingBy: () => undefined,
  published: () => undefined,
  publishingAgain: () => undefined,
  refilling: () => undefined,
  halted: () => undefined,
  failed: () => undefined,
};
const RELAY_PACE = {
  leaseTtlMs: 200,
  pollFirstMs: 15,
  pollLastMs: 90,
  retryFirstMs: 10,
  retryLastMs: 100,
  refillLookMs: 250,
  inspectMs: 500,
};
const WATCHDOG_PACE = { pollMs: 60, patienceMs: 130 };

/** Everything of a simulated run: the servers that last, and the processes that come and go. */
export class World {
  readonly time = new VirtualTime();
  readonly around: Surroundings;
  readonly ledgers: ReadonlyMap<string, ModelLedger>;
  readonly topic: ModelTopic;
  readonly tables: ModelReadTables;
  readonly group: ModelGroup;
  /** The processes of each kind, of which any may crash or pause. */
  readonly apis: { process: SimulatedProcess; sink: TradingSink }[] = [];
  readonly relays: SimulatedProcess[] = [];
  readonly projectors: { process: SimulatedProcess; projector: SimulatedProjector }[] = [];
  readonly relayRows: ModelRelayRows;
  private relaysStarted = 0;

  constructor(
    readonly chance: Chance,
    weather: Weather,
  ) {
    this.around = { time: this.time, chance, weather, tally: new Tally() };
    const names = chance.happens(0.5) ? ['alpha'] : ['alpha', 'beta'];
    this.ledgers = new Map(names.map((name) => [name, new ModelLedger(name, this.around)]));
    this.topic = new ModelTopic(chance.happens(0.6) ? 1 : 2);
    this.tables = new ModelReadTables(this.around);
    this.group = new ModelGroup(this.topic, this.around);
    this.relayRows = new ModelRelayRows(this.topic.topic, this.time);
  }

  /** One or two processes of each kind. */
  start(): void {
    for (let apis = this.oneOrTwo(); apis > 0; apis -= 1) this.startApi(this.apis.length);
    for (let relays = this.oneOrTwo(); relays > 0; relays -= 1) this.startRelay(this.relays.length);
    for (let projectors = this.oneOrTwo(); projectors > 0; projectors -= 1) this.startProjector(this.projectors.length);
  }

  private oneOrTwo(): number {
    return this.chance.happens(0.6) ? 2 : 1;
  }

  /** A fresh process that takes commands, in the place of the one at `index`. */
  startApi(index: number): void {
    const process = new SimulatedProcess(this.around);
    const sink = new LedgerWriters({
      pool: this.poolOf(process),
      decider: tradingRules,
      codec: tradingCodec,
      clock: { todayMs: () => 0 },
      // Some give up at once, and their clients try again; others try again themselves.
      limits: {
        unavailableAfterMs: this.chance.happens(0.5) ? -1 : 120,
        batchCommands: 8,
        batchCharacters: 400,
      },
    });
    this.apis[index]?.process.crash();
    this.apis[index] = { process, sink };
  }

  startRelay(index: number): void {
    const process = new SimulatedProcess(this.around);
    this.relaysStarted += 1;
    const relay = new Relay(
      {
        reader: new PostgresLedgerReader(this.poolOf(process)),
        progress: this.relayRows.seenFrom(process, `relay ${this.relaysStarted}`),
        topic: this.topic.seenFrom(process),
        publisher: new ModelPublisher(this.topic, process, this.around),
        incarnation: INCARNATION,
        observer: SILENT,
      },
      { ...RELAY_PACE, pageEvents: 4, requestEvents: 2, requestBytes: 100_000 },
    );
    this.relays[index]?.crash();
    this.relays[index] = process;
    relay.start();
  }

  startProjector(index: number): void {
    const process = new SimulatedProcess(this.around);
    const pool = this.poolOf(process);
    const reader = new PostgresLedgerReader(pool);
    const parts = { pool, reader, decode: tradingCodec.decode as never, incarnation: INCARNATION, batchSize: 3 };
    const projector = new SimulatedProjector(parts, this.tables, process);
    this.projectors[index]?.process.crash();
    this.projectors[index] = { process, projector };
    new LedgerFollower({ projector, reader, ...WATCHDOG_PACE }).start();
    this.rebalance();
  }

  /** Shares the partitions out anew; who loses one finds out after the batch in hand. */
  rebalance(): void {
    for (let partition = 0; partition < this.topic.partitions; partition += 1) {
      const owner = this.projectors[this.chance.between(0, this.projectors.length - 1)];
      if (owner === undefined) continue;
      this.group.assign(partition, owner.process, async (ledger, events, origin) => {
        await owner.projector.offer(ledger, events, origin);
      });
    }
  }

  private poolOf(process: SimulatedProcess): ReturnType<typeof modelPool> {
    return modelPool(this.ledgers, process, this.around);
  }
}
