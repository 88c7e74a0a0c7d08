import { after, when, type Book } from '../fixtures/book.ts';
import {
  acceptReceipt,
  approveBudget,
  approveOrder,
  approveRedirection,
  dispatchShipment,
  placeOrder,
  proposeRedirection,
  receiveShipment,
  recordScreening,
  tranche,
} from '../fixtures/commands.ts';
import { cancelShortfall, cancelTranche, confirmAmendment, proposeAmendment } from '../fixtures/change-commands.ts';
import { schemaFaults } from '../fixtures/schema-faults.ts';
import { founded } from '../fixtures/worlds.ts';
import { LedgerAudit } from '../invariants/ledger-audit.ts';
import { accountOf } from './state.ts';

const MOST = Number.MAX_SAFE_INTEGER;
const cents = (units: number): string => String(BigInt(units) * BigInt(MOST));
const budgets = (companyId: string, count: number) =>
  Array.from({ length: count }, (_, n) =>
    approveBudget({ budgetId: `B${n}-${companyId}`, companyId, limitCents: MOST }),
  );

/** TESLA and X may spend four times what a number tells; PO-1 is of three units at as much each. */
const rich: Book = after(
  founded,
  ...budgets('TESLA', 4),
  ...budgets('X', 4),
  placeOrder({ tranches: [tranche({ quantity: 3, unitPriceCents: MOST })] }),
);
const ordered = after(rich, approveOrder());
const accounts = ({ state }: Book) =>
  ['TESLA', 'X'].map((companyId) => Object.values(accountOf(state.funds, companyId)).join(' '));

/** A book in which every event is as its schema says, and no invariant is broken. */
function sound(book: Book): Book {
  expect(book.events.flatMap(schemaFaults)).toEqual([]);
  const audit = new LedgerAudit();
  expect([...book.events.flatMap((event) => audit.take(event)), ...audit.conclude()]).toEqual([]);
  return book;
}

describe('money beyond the safe integers', () => {
  it('is committed to the last cent of the limits, and no further', () => {
    expect(when(rich, approveOrder())).toMatchObject([{}, { type: 'FundsCommitted', data: { amountCents: cents(3) } }]);
    const more = (price: number) =>
      placeOrder({ orderId: 'PO-2', tranches: [tranche({ quantity: 1, unitPriceCents: price })] });
    const full = after(ordered, more(MOST), approveOrder({ orderId: 'PO-2' }));
    expect(accounts(sound(full))[0]).toBe(`${cents(4)} ${cents(4)} 0`);
    const dearer = after(
      full,
      placeOrder({ orderId: 'PO-3', tranches: [tranche({ quantity: 1, unitPriceCents: 1 })] }),
    );
    expect(when(dearer, approveOrder({ orderId: 'PO-3' }))).toEqual({
      code: 'BUDGET_EXCEEDED',
      fields: { companyId: 'TESLA', limitCents: cents(4), committedCents: cents(4), consumedCents: 0, addedCents: 1 },
    });
  });

  it('is compared by value: one cent more than a number tells is less than the limits', () => {
    const tranches = [
      tranche({ quantity: 1, unitPriceCents: MOST }),
      tranche({ trancheId: 'B', quantity: 1, unitPriceCents: 1 }),
    ];
    const book = after(rich, placeOrder({ orderId: 'PO-2', tranches }), approveOrder({ orderId: 'PO-2' }));
    expect(accounts(sound(book))[0]).toBe(`${cents(4)} 9007199254740992 0`);
  });

  it('is consumed, stays set aside for what is short, and is released', () => {
    const received = after(ordered, dispatchShipment({ quantity: 3 }), receiveShipment({ counted: 2 }));
    const accepted = after(received, acceptReceipt({ accepted: 2 }));
    expect(accounts(sound(accepted))[0]).toBe(`${cents(4)} ${MOST} ${cents(2)}`);
    const resolved = after(accepted, cancelShortfall({ quantity: 1 }));
    expect(accounts(sound(resolved))[0]).toBe(`${cents(4)} 0 ${cents(2)}`);
    const cancelled = after(ordered, cancelTranche({ quantity: 2 }));
    expect(accounts(sound(cancelled))[0]).toBe(`${cents(4)} ${MOST} 0`);
  });

  it('moves with redirected units and sums to zero', () => {
    const moved = after(
      ordered,
      recordScreening({ companyId: 'X' }),
      proposeRedirection({ legs: [{ orderId: 'PO-1', trancheId: 'A', toCompanyId: 'X', toSiteId: 'XDC' }] }),
      approveRedirection({ companyId: 'TESLA', by: 'tesla-cfo' }),
      approveRedirection({ companyId: 'X', by: 'x-cfo' }),
    );
    expect(accounts(sound(moved))).toEqual([`${cents(4)} 0 0`, `${cents(4)} ${cents(3)} 0`]);
  });

  it('is set free by an amendment that costs less', () => {
    const amended = after(
      ordered,
      proposeAmendment({ changes: [{ trancheId: 'A', quantity: 1 }] }),
      confirmAmendment({ by: 'nvidia-desk' }),
    );
    expect(accounts(sound(amended))[0]).toBe(`${cents(4)} ${MOST} 0`);
    expect(amended.events.at(-1)).toMatchObject({ type: 'FundsReleased', data: { amountCents: cents(2) } });
  });
});
