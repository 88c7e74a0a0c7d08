import type { Operation } from '#libs/testing';
import { brokenPublication, fromFirstEvent, verdictOnHistory } from './verdict.fixture.spec.ts';

const LEDGER = [1, 2, 3].map((position) => ({ position, digest: `of ${position}` }));

describe('what the topic holds, against the ledger', () => {
  it('is right when events come again, each after the one before it', () => {
    const again = [1, 2, 1, 2, 3, 2].map((position) => ({ position, digest: `of ${position}` }));
    expect(brokenPublication(LEDGER, again)).toEqual([]);
  });

  it.each([
    ['an event is missing', [1, 3], ['topic: 3 comes after 1']],
    ['the tail is missing', [1, 2], ['topic: ends at 2, the ledger at 3']],
    ['events change places', [2, 1, 3], ['topic: 2 comes after 0']],
  ])('is wrong when %s', (_, positions, violations) => {
    const published = positions.map((position) => ({ position, digest: `of ${position}` }));
    expect(brokenPublication(LEDGER, published)).toEqual(violations);
  });

  it('is read from the first event on where remains may lie before it', () => {
    const remains = [2, 3, 1, 2, 3].map((position) => ({ position, digest: `of ${position}` }));
    expect(brokenPublication(LEDGER, remains)).not.toEqual([]);
    expect(brokenPublication(LEDGER, fromFirstEvent(remains))).toEqual([]);
    expect(brokenPublication(LEDGER, fromFirstEvent(remains.slice(0, 2)))).toEqual([
      'topic: ends at 0, the ledger at 3',
    ]);
  });

  it('is wrong when the bytes differ', () => {
    const published = LEDGER.map((event) => (event.position === 2 ? { ...event, digest: 'of another' } : event));
    expect(brokenPublication(LEDGER, published)).toEqual(['topic: 2 is not what the ledger holds']);
  });
});

describe('what clients heard, against the ledger', () => {
  const events = [event(1, 'first'), event(2, 'second')];
  const operations = [heardOk('first', 1), heardOk('second', 2)];

  it('counts what was acknowledged', () => {
    expect(verdictOnHistory(operations, events)).toEqual({ acknowledged: 2, lost: 0, doubled: 0, violations: [] });
  });

  it('finds the lost and the doubled', () => {
    expect(verdictOnHistory(operations, events.slice(0, 1))).toMatchObject({ acknowledged: 2, lost: 1, doubled: 0 });
    expect(verdictOnHistory(operations, [...events, event(3, 'second')])).toMatchObject({ lost: 0, doubled: 1 });
  });
});

function event(position: number, commandid: string) {
  return { position, type: 'SkuRegistered', subject: `sku/${position}`, streamversion: 1, commandid };
}

function heardOk(commandId: string, position: number): Operation {
  const events = [{ position, type: 'SkuRegistered', stream: `sku/${position}`, version: 1 }];
  return { commandId, actor: 'admin', path: '', body: {}, heard: { outcome: 'ok', events }, firstAttempt: null };
}
