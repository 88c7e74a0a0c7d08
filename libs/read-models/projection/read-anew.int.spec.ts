import { decodeBody } from '#libs/contracts';
import type pg from 'pg';
import { PostgresLedgerReader, type StoredEvent } from '#libs/event-store';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import { appendHistory, storedEvents } from '../fixtures/ledger-pages.ts';
import { projectorOf, verificationOf } from '../fixtures/projection.ts';
import { STORY_EVENTS } from '../fixtures/redirected-h100s.ts';
import { Projector } from './projector.ts';
import type { Standing } from './standing.ts';

const LEDGER = 'read-anew';

describe('a projector that is asked for its checkpoint while it projects', () => {
  let database: TestDatabase;
  let events: readonly StoredEvent[];
  beforeEach(async () => {
    database = await createTestDatabase();
    await appendHistory(database, LEDGER, storedEvents(LEDGER, STORY_EVENTS));
    events = await new PostgresLedgerReader(database.pool('waybill_auditor')).read(LEDGER, { after: 0, limit: 1_000 });
  });
  afterEach(() => database.drop());

  it('folds no event twice that another folded meanwhile', async () => {
    const overtaken: number[] = [];
    const late = new LateAnswer(database, overtaken, async () => {
      await projectorOf(database).offer(LEDGER, events.slice(0, 2));
      late.answer();
      expect(await asked).toMatchObject({ position: 2 });
    });
    const asked = late.checkpoint(LEDGER);
    expect(await late.catchUp(LEDGER)).toMatchObject({ position: events.length });
    expect(overtaken).toEqual([2]);
    expect(await verificationOf(database, LEDGER)).toEqual({ position: events.length, differences: [] });
  });
});

/** Its first look at the tables waits for {@link answer}; `chosen` comes to pass between its first choice of events and the write. */
class LateAnswer extends Projector {
  answer: () => void = () => undefined;
  private held: Promise<void> | undefined = new Promise((resolve) => (this.answer = resolve));

  constructor(database: TestDatabase, overtaken: number[], chosen: () => Promise<void>) {
    const pool = database.pool('waybill_projector');
    const observer = { overtaken: (_: string, { position }: { position: number }) => void overtaken.push(position) };
    super({ pool, reader: new Interrupted(pool, chosen), decode: decodeBody, observer, batchSize: 3 });
  }

  protected override async stored(ledger: string): Promise<Standing> {
    const { held } = this;
    this.held = undefined;
    await held;
    return super.stored(ledger);
  }
}

/** Its first page is handed over when `meanwhile` has come to pass. */
class Interrupted extends PostgresLedgerReader {
  constructor(
    pool: pg.Pool,
    private meanwhile: (() => Promise<void>) | undefined,
  ) {
    super(pool);
  }

  override async read(...asked: Parameters<PostgresLedgerReader['read']>): Promise<readonly StoredEvent[]> {
    const page = await super.read(...asked);
    const { meanwhile } = this;
    this.meanwhile = undefined;
    await meanwhile?.();
    return page;
  }
}
