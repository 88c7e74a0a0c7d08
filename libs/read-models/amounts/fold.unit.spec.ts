import type { LedgerEvent } from '#libs/domain';
import { amountsOf } from './fold.ts';

const stream = 'funds/TESLA';
const facts = {
  ...{ shipmentId: 'S1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100', siteId: 'AUSTIN' },
  unitPriceCents: 7,
};

/** `COMPANY SKU measure amount`, `=worth` where there is one. */
const written = (event: LedgerEvent) =>
  amountsOf(event).map(
    ({ companyId, skuId, measure, amount, worth }) =>
      `${companyId} ${skuId ?? '-'} ${measure} ${amount}${worth === null ? '' : `=${worth}`}`,
  );

describe('the amounts that an event adds to accounts', () => {
  it.each<[LedgerEvent, readonly string[]]>([
    [
      { type: 'BudgetApproved', stream, data: { budgetId: 'B', companyId: 'TESLA', limitCents: 900 } },
      ['TESLA - limitCents 900'],
    ],
    [
      {
        type: 'FundsReleased',
        stream,
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: null, amountCents: 70 },
      },
      ['TESLA - committedCents -70'],
    ],
    [
      {
        type: 'FundsReleased',
        stream,
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: null, amountCents: '18014398509481982' },
      },
      ['TESLA - committedCents -18014398509481982'],
    ],
    [
      {
        type: 'FundsConsumed',
        stream,
        data: { companyId: 'TESLA', orderId: 'PO-1', shipmentId: 'S1', amountCents: 70 },
      },
      ['TESLA - committedCents -70', 'TESLA - consumedCents 70'],
    ],
    [
      {
        type: 'ReceiptCorrected',
        stream: 'shipment/S1',
        data: { ...facts, delta: -3, reason: 'counted again', amountCents: -21, leg: null, originCompanyId: 'X' },
      },
      ['TESLA - committedCents 21', 'TESLA - consumedCents -21'],
    ],
    [
      {
        ...{ type: 'UnitsReturned', stream: 'return/RT-1' },
        data: {
          ...{ ...facts, returnId: 'RT-1', supplierId: 'NVIDIA', quantity: 5, reason: 'wrong', acceptedUnits: 5 },
          ...{ amountCents: 35, leg: null, originCompanyId: 'X' },
        },
      },
      ['TESLA - committedCents 35', 'TESLA - consumedCents -35'],
    ],
    [
      {
        ...{ type: 'TrancheAmended', stream: 'order/PO-1' },
        data: {
          ...{ amendmentId: 'AM-1', orderId: 'PO-1', trancheId: 'A', companyId: 'TESLA', skuId: 'H100', siteId: null },
          ...{ quantity: 60, previousQuantity: 100, unitPriceCents: 6, previousUnitPriceCents: 7 },
          ...{ requestedDate: '2024-03-15', previousRequestedDate: '2024-03-01', firstPromisedDate: '2024-03-05' },
          ...{ expectedDate: '2024-03-15', previousExpectedDate: '2024-03-05' },
          slips: [{ companyId: 'TESLA', skuId: 'H100', cause: 'buyer', unitDays: 600, unitPriceCents: 6 }],
        },
      },
      ['TESLA H100 slip:buyer 600=3600'],
    ],
    [
      {
        type: 'FundsMoved',
        stream,
        data: {
          redirectionId: 'SW-1',
          moves: [
            { companyId: 'TESLA', deltaCents: -5 },
            { companyId: 'X', deltaCents: 5 },
          ],
        },
      },
      ['TESLA - committedCents -5', 'X - committedCents 5'],
    ],
    [
      {
        type: 'RedirectionActivated',
        stream: 'redirection/SW-1',
        data: {
          redirectionId: 'SW-1',
          slips: [
            {
              companyId: 'TESLA',
              skuId: 'H100',
              cause: 'redirection',
              unitDays: 9_000_000_000,
              unitPriceCents: 4_000_000,
            },
            { companyId: 'X', skuId: 'H100', cause: 'redirection', unitDays: -2, unitPriceCents: 7 },
          ],
        },
      },
      ['TESLA H100 slip:redirection 9000000000=36000000000000000', 'X H100 slip:redirection -2=-14'],
    ],
  ])('%#', (event, amounts) => {
    expect(written(event)).toEqual(amounts);
  });
});
