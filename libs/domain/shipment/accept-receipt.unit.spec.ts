import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, receiveShipment } from '../fixtures/commands.ts';
import { shipped } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { accountOf } from '../funds/state.ts';
import { positionOf } from '../position.ts';

describe('AcceptReceipt', () => {
  const atDock = after(shipped, receiveShipment({ counted: 90, on: '2024-03-03' }));
  const facts = {
    shipmentId: 'S1',
    orderId: 'PO-1',
    trancheId: 'A',
    companyId: 'TESLA',
    skuId: 'H100',
    siteId: 'AUSTIN',
    unitPriceCents: 7,
    expectedDate: '2024-03-01',
    counted: 90,
  };

  it('stands accepted units at the site, pays for them, and slips their arrival', () => {
    const command = acceptReceipt({ accepted: 80, rejected: 10, on: '2024-03-04' });
    const slip = { companyId: 'TESLA', skuId: 'H100', cause: 'arrival', unitDays: 240, unitPriceCents: 7 };
    expect(when(atDock, command)).toEqual([
      {
        type: 'ReceiptAccepted',
        stream: 'shipment/S1',
        data: { ...facts, accepted: 80, rejected: 10, slips: [slip] },
      },
      {
        type: 'FundsConsumed',
        stream: 'funds/TESLA',
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: 'S1', amountCents: 560 },
      },
    ]);
    const { state } = after(atDock, command);
    expect(positionOf(state, 'TESLA', 'H100')).toMatchObject({ accepted: 80, rejected: 10, short: 10, atDock: 0 });
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 140, consumedCents: 560 });
    expect(state.sites.get('AUSTIN')).toMatchObject({ standingUnits: 80, dockUnits: 0 });
  });

  it('consumes and slips nothing when nothing is accepted', () => {
    expect(when(atDock, acceptReceipt({ accepted: 0, rejected: 90, on: '2024-03-04' }))).toEqual([
      {
        type: 'ReceiptAccepted',
        stream: 'shipment/S1',
        data: { ...facts, accepted: 0, rejected: 90, slips: [] },
      },
    ]);
  });

  it('takes an empty shipment', () => {
    const empty = after(shipped, receiveShipment({ counted: 0 }));
    expect(codeOf(empty, acceptReceipt({ accepted: 0 }))).toBeNull();
  });

  it('pays for a surplus too, and slips it', () => {
    const over = after(shipped, receiveShipment({ counted: 102, acceptOver: true, on: '2024-03-02' }));
    const { state, events } = after(over, acceptReceipt({ accepted: 102, on: '2024-03-02' }));
    expect(accountOf(state.funds, 'TESLA')).toMatchObject({ committedCents: 0, consumedCents: 714 });
    expect(events.at(-2)).toMatchObject({ data: { slips: [{ cause: 'arrival', unitDays: 102 }] } });
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'SHIPMENT_UNKNOWN',
      'and tomorrow',
      atDock,
      acceptReceipt({ shipmentId: 'S9', on: '2024-01-02', today: '2024-01-01' }),
    ],
    ['EFFECTIVE_IN_FUTURE', 'and before the receipt', atDock, acceptReceipt({ on: '2024-03-02', today: '2024-03-01' })],
    [
      'EFFECTIVE_BEFORE_STREAM',
      'before the receipt, and miscounted',
      atDock,
      acceptReceipt({ accepted: 91, on: '2024-03-02' }),
    ],
    ['NOT_AT_DOCK', 'still on the way, and miscounted', shipped, acceptReceipt({ accepted: 1 })],
    [
      'NOT_AT_DOCK',
      'twice',
      after(atDock, acceptReceipt({ accepted: 90, on: '2024-03-03' })),
      acceptReceipt({ accepted: 90, on: '2024-03-03' }),
    ],
    ['COUNT_MISMATCH', 'one too few', atDock, acceptReceipt({ accepted: 80, rejected: 9, on: '2024-03-03' })],
    ['COUNT_MISMATCH', 'one too many', atDock, acceptReceipt({ accepted: 91, on: '2024-03-03' })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
