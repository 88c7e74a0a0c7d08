import type { LedgerEvent } from '#libs/domain';
import type { DecidedEvent } from '#libs/kernel';
import { changesOf, thingsOf } from './waiting.ts';

const SHIPMENT = {
  shipmentId: 'S',
  orderId: 'O',
  trancheId: 'T',
  companyId: 'A',
  skuId: 'H',
  siteId: 'A1',
  unitPriceCents: 1,
};
const TRANCHE = { trancheId: 'T', quantity: 5, unitPriceCents: 1, requestedDate: '2024-03-01', siteId: null };
const TERMS = {
  orderId: 'O',
  companyId: 'A',
  supplierId: 'N',
  skuId: 'H',
  tranches: [TRANCHE, { ...TRANCHE, trancheId: 'U', quantity: 2 }],
};
const REQUEST = { requestId: 'RQ-1', companyId: 'A', command: 'ApproveBudget', requestedBy: 'p' };
const AMENDMENT = { amendmentId: 'M', orderId: 'O', companyId: 'A', supplierId: 'N' };
const RETURN = { ...SHIPMENT, returnId: 'RT', supplierId: 'N', quantity: 3, reason: 'wrong', acceptedUnits: 3 };
const SPLIT = { ...TERMS, ...TRANCHE, newTrancheId: 'V', quantity: 2, firstPromisedDate: null };
const UNPROMISED = { orderId: 'O', companyId: 'A', skuId: 'H', requestedDate: '2024-03-01' };

type Row = readonly (string | number | object | null)[];

/** `[kind, thing, company, units, asked by]`, and what it is about. */
const THINGS: readonly (readonly [type: string, data: object, ...things: Row[]])[] = [
  ['OrderPlaced', TERMS, ['order', 'O', 'A', 1, 'p', { orderId: 'O', supplierId: 'N', skuId: 'H', quantity: 7 }]],
  [
    ...(['RedirectionProposed', { redirectionId: 'R', reason: 'r', legs: [{}], parties: ['A', 'B'] }] as const),
    ['redirection', 'R', 'A', 1, 'p', { redirectionId: 'R', reason: 'r', legs: 1 }],
    ['redirection', 'R', 'B', 1, 'p', { redirectionId: 'R', reason: 'r', legs: 1 }],
  ],
  ['RedirectionProposed', { redirectionId: 'R', reason: 'r', legs: [{}], parties: [] }],
  [
    ...(['CommandRequested', { requestId: 'RQ-1', companyId: 'A', command: { type: 'ApproveBudget' } }] as const),
    ['request', 'RQ-1', 'A', 1, 'p', { requestId: 'RQ-1', command: 'ApproveBudget' }],
  ],
  [
    ...(['CommandRequested', { requestId: 'RQ-2', companyId: null, command: { type: 'AdoptPolicy' } }] as const),
    ['request', 'RQ-2', null, 1, 'p', { requestId: 'RQ-2', command: 'AdoptPolicy' }],
  ],
  [
    ...(['AmendmentProposed', { ...AMENDMENT, addedCents: 1 }] as const),
    ['amendment', 'M', 'A', 1, 'p', { amendmentId: 'M', orderId: 'O' }],
  ],
  [
    ...(['AmendmentProposed', { ...AMENDMENT, addedCents: 0 }] as const),
    ['amendedOrder', 'M', 'N', 1, null, { amendmentId: 'M', orderId: 'O', companyId: 'A' }],
  ],
  [
    'AmendmentApproved',
    AMENDMENT,
    ['amendedOrder', 'M', 'N', 1, null, { amendmentId: 'M', orderId: 'O', companyId: 'A' }],
  ],
  [
    ...(['OrderApproved', TERMS] as const),
    ['tranche', 'O/T', 'N', 5, null, { ...UNPROMISED, trancheId: 'T' }],
    ['tranche', 'O/U', 'N', 2, null, { ...UNPROMISED, trancheId: 'U' }],
  ],
  ['TrancheAdded', { ...TERMS, ...TRANCHE }, ['tranche', 'O/T', 'N', 5, null, { ...UNPROMISED, trancheId: 'T' }]],
  ['TrancheSplit', SPLIT, ['tranche', 'O/V', 'N', 2, null, { ...UNPROMISED, trancheId: 'V' }]],
  ['TrancheSplit', { ...SPLIT, firstPromisedDate: '2024-03-01' }],
  [
    ...(['ShipmentReceived', { ...SHIPMENT, counted: 3, short: 2 }] as const),
    ['dock', 'S', 'A', 1, null, { shipmentId: 'S', siteId: 'A1', skuId: 'H', counted: 3 }],
  ],
  [
    ...(['ReceiptAccepted', { ...SHIPMENT, accepted: 2, rejected: 1 }] as const),
    ['shortfall', 'S', 'A', 1, null, { shipmentId: 'S', siteId: 'A1', skuId: 'H' }],
  ],
  [
    'ShipmentLost',
    { ...SHIPMENT, quantity: 5 },
    ['shortfall', 'S', 'A', 5, null, { shipmentId: 'S', siteId: 'A1', skuId: 'H' }],
  ],
  [
    'UnitsReturned',
    RETURN,
    ['return', 'RT', 'N', 3, null, { returnId: 'RT', shipmentId: 'S', companyId: 'A', skuId: 'H', reason: 'wrong' }],
  ],
  ['TrancheRescheduled', { orderId: 'O', trancheId: 'T' }],
];

/** `[kind, thing, company, units]`. */
const CHANGES: readonly (readonly [type: string, data: object, ...changes: Row[]])[] = [
  ['OrderApproved', TERMS, ['order', 'O', null, null]],
  ['OrderRejected', TERMS, ['order', 'O', null, null]],
  ['RedirectionApproved', { redirectionId: 'R', companyId: 'A' }, ['redirection', 'R', 'A', null]],
  ['RedirectionRejected', { redirectionId: 'R', companyId: 'A' }, ['redirection', 'R', null, null]],
  ['RedirectionWithdrawn', { redirectionId: 'R' }, ['redirection', 'R', null, null]],
  ['RequestApproved', REQUEST, ['request', 'RQ-1', null, null]],
  ['RequestRejected', REQUEST, ['request', 'RQ-1', null, null]],
  ['RequestWithdrawn', REQUEST, ['request', 'RQ-1', null, null]],
  ['AmendmentApproved', AMENDMENT, ['amendment', 'M', null, null]],
  ...['AmendmentConfirmed', 'AmendmentRejected', 'AmendmentWithdrawn'].map(
    (type) => [type, AMENDMENT, ['amendment', 'M', null, null], ['amendedOrder', 'M', null, null]] as const,
  ),
  ['TrancheConfirmed', SHIPMENT, ['tranche', 'O/T', null, null]],
  ['TrancheAmended', { ...SHIPMENT, quantity: 7, previousQuantity: 5 }, ['tranche', 'O/T', null, 2]],
  ['TrancheSplit', SPLIT, ['tranche', 'O/T', null, -2]],
  ['TrancheCancelled', { ...SHIPMENT, quantity: 2 }, ['tranche', 'O/T', null, -2]],
  ['ShipmentDispatched', { ...SHIPMENT, quantity: 2 }, ['tranche', 'O/T', null, -2]],
  ['ShipmentReceived', { ...SHIPMENT, short: 2 }, ['shortfall', 'S', null, 2]],
  ['ShipmentReceived', { ...SHIPMENT, short: 0 }],
  ['ReceiptAccepted', { ...SHIPMENT, rejected: 1 }, ['dock', 'S', null, null]],
  ['ReceiptCorrected', { ...SHIPMENT, delta: 2 }, ['shortfall', 'S', null, -2]],
  ['ShortfallCancelled', { ...SHIPMENT, quantity: 2 }, ['shortfall', 'S', null, -2]],
  ['ReplacementPromised', { ...SHIPMENT, quantity: 2 }, ['shortfall', 'S', null, -2]],
  ['UnitsReturned', RETURN, ['shortfall', 'S', null, 3]],
  ['UnitsReturned', { ...RETURN, reason: 'rejected', acceptedUnits: 0 }],
  ['ReturnConfirmed', RETURN, ['return', 'RT', null, null]],
  ['EtaRevised', SHIPMENT],
];

const event = (type: string, data: object) => ({ type, data, actor: 'p' }) as unknown as DecidedEvent<LedgerEvent>;

describe('what an event lets wait', () => {
  it.each(THINGS.map(([type, data, ...things]) => ({ type, data, things })))('$type', ({ type, data, things }) => {
    expect(thingsOf(event(type, data))).toEqual(
      things.map(([kind, thing, companyId, units, askedBy, about]) => ({
        kind,
        thing,
        companyId,
        units,
        askedBy,
        about,
      })),
    );
  });
});

describe('what an event changes of what waits', () => {
  it.each(CHANGES.map(([type, data, ...changes]) => ({ type, data, changes })))('$type', ({ type, data, changes }) => {
    expect(changesOf(event(type, data))).toEqual(
      changes.map(([kind, thing, companyId, units]) => ({ kind, thing, companyId, units })),
    );
  });
});
