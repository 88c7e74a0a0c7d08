import { type Heard, type Operation, type SeenEvent, violationsOf } from './trading-history.ts';

const EVENTS: readonly SeenEvent[] = [
  { position: 1, type: 'OrderPlaced', subject: 'order/A', streamversion: 1, commandid: 'place' },
  { position: 2, type: 'OrderApproved', subject: 'order/A', streamversion: 2, commandid: 'approve' },
  { position: 3, type: 'FundsCommitted', subject: 'funds/TESLA', streamversion: 1, commandid: 'approve' },
];
const HISTORY = [
  heard('place', ok(EVENTS.slice(0, 1))),
  heard('approve', ok(EVENTS.slice(1))),
  heard('refused', { outcome: 'rejected', status: 403, code: 'SELF_APPROVAL' }),
];

describe('what clients heard against the ledger', () => {
  it('agrees when every acknowledged command is there once and no other', () => {
    expect(violationsOf(HISTORY, EVENTS)).toEqual([]);
  });

  it.each<[what: string, operations: readonly Operation[], events: readonly SeenEvent[], line: string]>([
    ['an acknowledged command that is lost', HISTORY, EVENTS.slice(0, 1), 'command approve: acknowledged'],
    ['half of one', HISTORY, EVENTS.slice(0, 2), 'command approve: acknowledged'],
    ['one that is there twice', HISTORY, [...EVENTS, again('place', 4)], 'command place: acknowledged'],
    ['one that was told otherwise', HISTORY, [...EVENTS.slice(0, 2), { ...at(2), type: 'Z' }], 'command approve'],
    ['a rejected one that left events', HISTORY, [...EVENTS, again('refused', 4)], 'command refused was rejected'],
    ['one that nobody sent', HISTORY, [...EVENTS, again('stranger', 4)], 'command stranger is in the ledger'],
    ['one that was never settled', [...HISTORY, heard('open', null)], EVENTS, 'command open was never settled'],
    [
      'a gap in the positions',
      HISTORY,
      [...EVENTS.slice(0, 2), { ...at(2), position: 4 }],
      'ledger: 4 stands at place 3',
    ],
    ['a gap in a stream', HISTORY, [at(0), { ...at(1), streamversion: 3 }, at(2)], 'order/A: 3 stands at place 2'],
  ])('finds %s', (_what, operations, events, line) => {
    expect(violationsOf(operations, events).filter((each) => each.startsWith(line))).not.toEqual([]);
  });
});

function heard(commandId: string, what: Heard | null): Operation {
  return { commandId, actor: 'tesla-buyer', path: '/orders', body: {}, heard: what, firstAttempt: null };
}

function ok(events: readonly SeenEvent[]): Heard {
  const named = events.map(({ position, type, subject, streamversion }) => {
    return { position, type, stream: subject, version: streamversion };
  });
  return { outcome: 'ok', events: named };
}

function at(index: number): SeenEvent {
  const event = EVENTS[index];
  if (event === undefined) throw new RangeError(`no event ${index}`);
  return event;
}

function again(commandid: string, position: number): SeenEvent {
  return { position, type: 'OrderPlaced', subject: `order/${commandid}`, streamversion: 1, commandid };
}
