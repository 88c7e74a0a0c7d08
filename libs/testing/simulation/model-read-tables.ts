import type { StoredEvent } from '#libs/event-store';
import {
  FIRST_GENERATION,
  Projector,
  type Checkpoint,
  type ProjectorParts,
  type Standing,
  type StretchResult,
} from '#libs/read-models';
import type { SimulatedProcess, Surroundings } from './simulated-process.ts';

/** A row that an event wrote. */
export interface ReadRow {
  readonly position: number;
  readonly body: string;
}

interface Tables {
  checkpoint: Checkpoint;
  rows: readonly ReadRow[];
}

const EMPTY: Checkpoint = { position: 0, recordedAtMs: 0, digest: Buffer.alloc(0), frontierOn: null };

/** The read models' tables: a row an event, and the checkpoint, which is moved by compare-and-set with the rows. */
export class ModelReadTables {
  private readonly ledgers = new Map<string, Tables>();

  constructor(private readonly around: Surroundings) {}

  of(ledger: string): Tables {
    const found = this.ledgers.get(ledger) ?? { checkpoint: EMPTY, rows: [] };
    this.ledgers.set(ledger, found);
    return found;
  }

  standing(ledger: string): Standing {
    return { generation: FIRST_GENERATION, checkpoint: this.of(ledger).checkpoint };
  }

  /** One transaction: the rows of `events`, and the checkpoint from `from` to the last of them. */
  async write(ledger: string, from: Standing, events: readonly StoredEvent[]): Promise<StretchResult> {
    const to = { ...from.checkpoint, position: events.at(-1)?.position ?? from.checkpoint.position };
    const folded = events.map(({ position, body }) => ({ position, body: body.toString() }));
    await this.around.time.sleep(this.around.chance.between(0, 2));
    const tables = this.of(ledger);
    if (tables.checkpoint.position !== from.checkpoint.position) {
      return { standing: this.standing(ledger), overtaken: true, halted: null };
    }
    tables.checkpoint = to;
    tables.rows = [...tables.rows, ...folded];
    return { standing: this.standing(ledger), overtaken: false, halted: null };
  }
}

/** The real projector over {@link ModelReadTables}, as `process` reaches them. */
export class SimulatedProjector extends Projector {
  constructor(
    parts: ProjectorParts,
    private readonly tables: ModelReadTables,
    private readonly process: SimulatedProcess,
  ) {
    super(parts);
  }

  protected override stored(ledger: string): Promise<Standing> {
    return this.process.call(() => this.tables.standing(ledger));
  }

  protected override written(ledger: string, from: Standing, events: readonly StoredEvent[]): Promise<StretchResult> {
    return this.process.call(() => this.tables.write(ledger, from, events));
  }
}
