import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { cancelTranche, splitTranche } from '../fixtures/change-commands.ts';
import {
  acceptReceipt,
  confirmTranche,
  dispatchShipment,
  proposeRedirection,
  receiveShipment,
} from '../fixtures/commands.ts';
import { slippageOf } from '../fixtures/slippage-of.ts';
import { byTesla, byX, toWarehouse } from '../fixtures/swap.ts';
import { approved, ordered, shipped, swappable } from '../fixtures/worlds.ts';
import { accountOf } from '../funds/state.ts';
import { LedgerAudit } from '../invariants/ledger-audit.ts';
import { trancheById } from '../ledger-lookups.ts';
import { positionOf } from '../position.ts';
import { statusOf } from '../redirection/status.ts';

const on = '2024-01-05';
const inParts = after(approved, splitTranche({ on }));
const future = { on: '2024-01-07', today: '2024-01-06' };
const K = { orderId: 'PO-2', trancheId: 'K' };
const part = { ...K, trancheId: 'K-2' };
const toTesla = proposeRedirection({ legs: [{ ...part, ...toWarehouse }] });

describe('SplitTranche', () => {
  it('lets a part of what is open go on as a tranche of its own; no unit, money or day moves', () => {
    expect(when(approved, splitTranche({ on }))).toEqual([
      {
        type: 'TrancheSplit',
        stream: 'order/PO-1',
        data: {
          ...{ orderId: 'PO-1', trancheId: 'A', newTrancheId: 'A-2', quantity: 40, companyId: 'TESLA', skuId: 'H100' },
          ...{ orderingCompanyId: 'TESLA', supplierId: 'NVIDIA', siteId: 'AUSTIN', unitPriceCents: 7 },
          ...{ requestedDate: '2024-03-01', firstPromisedDate: null, expectedDate: '2024-03-01' },
          ...{ leg: null, originCompanyId: 'TESLA' },
        },
      },
    ]);
    const { state } = inParts;
    const whole = trancheById(approved.state, 'PO-1', 'A');
    expect(trancheById(state, 'PO-1', 'A')).toEqual({ ...whole, orderedUnits: 60, openUnits: 60 });
    expect(trancheById(state, 'PO-1', 'A-2')).toEqual({
      ...whole,
      ...{ trancheId: 'A-2', orderedUnits: 40, openUnits: 40 },
    });
    expect(positionOf(state, 'TESLA', 'H100')).toEqual(positionOf(approved.state, 'TESLA', 'H100'));
    expect(state.sites.get('AUSTIN')).toEqual(approved.state.sites.get('AUSTIN'));
    expect(accountOf(state.funds, 'TESLA')).toEqual(accountOf(approved.state.funds, 'TESLA'));
    expect(audited(inParts)).toEqual([]);
  });

  it('leaves what was sent and cancelled with the tranche that it was of', () => {
    const book = after(approved, dispatchShipment({ quantity: 30 }), cancelTranche({ quantity: 20 }), splitTranche());
    expect(trancheById(book.state, 'PO-1', 'A')).toMatchObject({
      ...{ orderedUnits: 60, openUnits: 10, dispatchedUnits: 30, cancellations: [{ companyId: 'TESLA', units: 20 }] },
    });
    expect(trancheById(book.state, 'PO-1', 'A-2')).toMatchObject({
      ...{ orderedUnits: 40, openUnits: 40, dispatchedUnits: 0, cancellations: [] },
    });
    expect(audited(book)).toEqual([]);
  });

  it('takes the promises along: the next one of either part slips', () => {
    const promised = after(approved, confirmTranche({ promisedDate: '2024-03-05' }), splitTranche());
    const later = after(promised, confirmTranche({ trancheId: 'A-2', promisedDate: '2024-03-06' }));
    expect(slippageOf(later.events)).toEqual({ TESLA: { supplier: 40 } });
    expect(trancheById(later.state, 'PO-1', 'A-2')).toMatchObject({
      ...{ firstPromisedDate: '2024-03-05', expectedDate: '2024-03-06' },
    });
    expect(trancheById(later.state, 'PO-1', 'A')).toMatchObject({ expectedDate: '2024-03-05' });
    expect(codeOf(inParts, confirmTranche({ promisedDate: '2024-03-05', on }))).toBeNull();
  });

  it('lets the part be redirected alone, and parts of a leg stay on it', () => {
    const active = after(swappable, splitTranche({ ...K, newTrancheId: 'K-2', quantity: 15 }), toTesla, byTesla, byX);
    expect([positionOf(active.state, 'X', 'H100').open, positionOf(active.state, 'TESLA', 'H100').open]).toEqual([
      85, 15,
    ]);
    expect(accountOf(active.state.funds, 'X').committedCents).toBe(85 * 7);
    const again = after(active, splitTranche({ ...part, newTrancheId: 'K-3', quantity: 5 }));
    expect(trancheById(again.state, 'PO-2', 'K-3')).toMatchObject({
      ...{ companyId: 'TESLA', siteId: 'WH1', originCompanyId: 'X', leg: { redirectionId: 'R1', leg: 1 } },
    });
    const sent = { shipmentId: 'S3', orderId: 'PO-2', trancheId: 'K-3', quantity: 5 };
    const there = after(
      again,
      dispatchShipment(sent),
      receiveShipment({ shipmentId: 'S3', siteId: 'WH1', counted: 5 }),
      acceptReceipt({ shipmentId: 'S3', accepted: 5 }),
    );
    expect(statusIn(there)).toBe('active');
    const all = after(there, cancelTranche({ ...part, quantity: 10 }));
    expect(statusIn(all)).toBe('delivered');
    expect(audited(all)).toEqual([]);
  });

  it('changes the leg of a redirection that waits for approval', () => {
    const legs = [{ ...K, ...toWarehouse }];
    const half = after(swappable, proposeRedirection({ legs }), byTesla);
    expect(codeOf(after(half, splitTranche({ ...K, newTrancheId: 'K-2', quantity: 1 })), byX)).toBe('LEG_CHANGED');
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['ORDER_UNKNOWN', 'and tomorrow', approved, splitTranche({ orderId: 'PO-9', ...future })],
    ['TRANCHE_UNKNOWN', 'and tomorrow', approved, splitTranche({ trancheId: 'B', ...future })],
    ['EFFECTIVE_IN_FUTURE', 'and the id is taken', inParts, splitTranche(future)],
    ['EFFECTIVE_BEFORE_STREAM', 'and the id is taken', inParts, splitTranche({ on: '2024-01-04' })],
    ['ORDER_NOT_APPROVED', 'into itself', ordered, splitTranche({ newTrancheId: 'A' })],
    ['ALREADY_EXISTS', 'and nothing is open', shipped, splitTranche({ newTrancheId: 'A' })],
    ['NOTHING_OPEN', 'and all of it', shipped, splitTranche({ quantity: 100 })],
    ['MORE_THAN_A_PART', 'all that is open', approved, splitTranche({ quantity: 100 })],
    ['MORE_THAN_A_PART', 'more than is open', approved, splitTranche({ quantity: 101 })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });

  it('leaves one unit at least', () => {
    expect(codeOf(approved, splitTranche({ quantity: 99 }))).toBeNull();
  });
});

describe('the audit of a split tranche', () => {
  const split = inParts.events.at(-1);
  it.each([
    [{ quantity: 101 }, { invariant: 1, subject: 'tranche PO-1/A' }],
    [{ orderingCompanyId: 'X' }, { invariant: 3, subject: 'order PO-1' }],
  ])('finds one with %j', (change, found) => {
    const changed = inParts.events.map((event) =>
      event === split ? ({ ...event, data: { ...event.data, ...change } } as typeof event) : event,
    );
    expect(audited({ ...inParts, events: changed })).toContainEqual(expect.objectContaining(found));
  });
});

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}

function audited({ events }: Book) {
  const audit = new LedgerAudit();
  return [...events.flatMap((event) => audit.take(event)), ...audit.conclude()];
}
