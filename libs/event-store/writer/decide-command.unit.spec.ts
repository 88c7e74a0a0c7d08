import { submissionOf } from '../trial/submission.ts';
import { warehouse, warehouseCodec } from '../trial/warehouse.ts';
import { emptyBook } from './book.ts';
import { decideCommand } from './decide-command.ts';

const rules = { decider: warehouse, codec: warehouseCodec, clock: { todayMs: () => Date.UTC(2024, 1, 29) } };
const book = emptyBook('system', { ...warehouse.initial, capacityUnits: 5, budgetCents: 100 });
const reserve = submissionOf('L', { kind: 'reserve', aisle: '1', units: 2, cents: 3 }, { commandId: 'c1' });

describe('a decision', () => {
  it('turns the book: state, head, versions; the one before stays as it was', () => {
    const first = decideCommand(rules, book, reserve);
    const second = decideCommand(rules, first.book, reserve);
    expect(second.book).toMatchObject({ head: 2, state: { takenUnits: 4, spentCents: 6 } });
    expect(second.book.versions.at(2, 'aisle/1')).toBe(2);
    expect(second.decidedOn).toBe(1);
    expect([book.head, first.book.head]).toEqual([0, 1]);
  });

  it('stores who, why, when and under which schema beside the data', () => {
    const versioned = { ...rules, schemaVersionOf: () => 7 };
    const submission = {
      ...reserve,
      reason: 'r',
      causationId: 'x',
      evidence: [{ uri: 'u', sha256: 's' }],
      scope: () => 'TESLA',
    };
    const { events } = decideCommand(versioned, book, submission);
    expect(events.map(({ body, ...row }) => [row, JSON.parse(body)])).toEqual([
      [
        { stream: 'aisle/1', version: 1, type: 'SpaceReserved', effectiveAt: '2024-02-29', recordedAtMs: 0 },
        {
          actor: submission.actor,
          actingFor: 'TESLA',
          causationId: 'x',
          commandId: 'c1',
          correlationId: 'c1',
          data: { units: 2, cents: 3 },
          effectiveAt: '2024-02-29',
          evidence: [{ uri: 'u', sha256: 's' }],
          reason: 'r',
          schemaVersion: 7,
          stream: 'aisle/1',
          type: 'SpaceReserved',
          version: 1,
        },
      ],
    ]);
  });

  it('is refused when its text has no UTF-8: it would be stored as another', () => {
    const codec = { ...warehouseCodec, encode: () => '"\ud800"' };
    expect(() => decideCommand({ ...rules, codec }, book, reserve)).toThrow(TypeError);
    const whole = { ...warehouseCodec, encode: () => '"🚚"' };
    expect(decideCommand({ ...rules, codec: whole }, book, reserve).events[0]?.body).toBe('"🚚"');
  });
});
