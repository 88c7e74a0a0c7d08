import type { DecidedEvent } from '#libs/kernel';
import type { LedgerEvent } from './events.ts';
import { emptyBook, record, when, type Book } from './fixtures/book.ts';
import { redirectedH100s } from './fixtures/redirected-h100s.ts';
import { schemaFaults } from './fixtures/schema-faults.ts';

const story = redirectedH100s.reduce<Book>((book, command) => {
  const outcome = when(book, command);
  return 'code' in outcome ? book : record(book, command, outcome);
}, emptyBook);

/** An event of the story with `said` over it. */
const spoilt = (said: object): DecidedEvent<LedgerEvent> => {
  const placed = story.events.find(({ type }) => type === 'OrderPlaced');
  if (placed === undefined) throw new Error('the story has an order');
  return { ...placed, ...said };
};

describe('the bodies of events', () => {
  it('are what their schemas say, in the whole story of the redirected H100s', () => {
    expect(story.events.length).toBeGreaterThan(40);
    expect(story.events.flatMap(schemaFaults)).toEqual([]);
  });

  it('are what their schemas say with all that a command may carry', () => {
    const evidence = [{ uri: 'https://example.test/memo.pdf', sha256: 'ab'.repeat(32) }];
    const said = { actingFor: 'TESLA', causationId: 'story/4', reason: 'no power', evidence };
    expect(schemaFaults(spoilt(said))).toEqual([]);
  });

  it.each([
    [{ data: {} }, '/data must have required property', 5],
    [{ effectiveAt: '2024-02-30' }, '/effectiveAt must match format "date"', 1],
    [{ stream: 'order' }, '/stream must match pattern', 1],
    [{ evidence: [{ uri: 'a', sha256: 'AB' }] }, '/evidence/0/sha256 must match pattern', 1],
    [{ mood: 'good' }, ' must NOT have additional properties', 1],
    [{ schemaVersion: 99 }, 'there is no OrderPlaced.v99.json: npm run schemas', 1],
  ])('are refused with %j', (said, fault, count) => {
    const faults = schemaFaults(spoilt(said));
    expect(faults).toHaveLength(count);
    for (const each of faults) expect(each).toContain(fault);
  });
});
