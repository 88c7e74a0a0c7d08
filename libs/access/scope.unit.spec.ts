import { ledgerDecider, type LedgerCommand } from '#libs/domain';
import { actorNamed, BOOK, codeOf, SAID } from './fixtures/scoped-ledger.ts';
import { scopeOf } from './scope.ts';

const leg = (from: object, to: string) => ({ ...from, toCompanyId: to, toSiteId: `${to}-1` }) as never;
const SHIPMENT = { shipmentId: 'ST' };
const ORDER = { orderId: 'O', trancheId: '1' };
const propose = (...legs: never[]): LedgerCommand => ({
  type: 'ProposeRedirection',
  redirectionId: 'R',
  reason: 'r',
  legs,
});

describe('scope', () => {
  it.each<[actor: string, what: string, command: LedgerCommand, company: string | null]>([
    ['tesla-cfo', 'its order', { type: 'ApproveOrder', orderId: 'T' }, 'TESLA'],
    [
      'Tesla-site',
      'its site, in any spelling of the company',
      { type: 'ReportCapacityUnavailable', siteId: 'TESLA-1', usableUnits: 0, from: '2024-01-01', cause: 'c' },
      'TESLA',
    ],
    [
      'nvidia-desk',
      'an order at its supplier',
      { type: 'ConfirmTranche', orderId: 'T', trancheId: '1', promisedDate: '2024-03-01' },
      'NVIDIA',
    ],
    [
      'tesla-site',
      'its shipment',
      { type: 'ReceiveShipment', shipmentId: 'ST', siteId: 'TESLA-1', counted: 5 },
      'TESLA',
    ],
    ['tesla-logistics', 'a leg that leaves it', propose(leg(SHIPMENT, 'X')), 'TESLA'],
    ['x-logistics', 'a leg that reaches it', propose(leg(SHIPMENT, 'X')), 'X'],
    ['x-logistics', 'a swap', propose(leg(SHIPMENT, 'X'), leg(ORDER, 'TESLA')), 'X'],
    [
      'x-logistics',
      'a move within a company that is asked by another leg',
      propose(leg(ORDER, 'TESLA'), leg(SHIPMENT, 'TESLA')),
      'X',
    ],
    ['admin', 'a company', { type: 'RegisterSku', skuId: 'B200', name: 'B', wattsPerUnit: 1 }, null],
  ])('of %s holds %s', (actor, _what, command, company) => {
    expect(scopeOf(command, actorNamed(actor))(BOOK)).toBe(company);
  });

  it.each<[actor: string, what: string, command: LedgerCommand, code: string]>([
    ['x-cfo', 'a foreign order', { type: 'ApproveOrder', orderId: 'T' }, 'ORDER_UNKNOWN'],
    [
      'x-buyer',
      'an order for another',
      { type: 'PlaceOrder', orderId: 'P', companyId: 'TESLA', supplierId: 'NVIDIA', skuId: 'H100', tranches: [] },
      'COMPANY_UNKNOWN',
    ],
    [
      'amd-desk',
      "another supplier's order",
      { type: 'DispatchShipment', shipmentId: 'S', orderId: 'T', trancheId: '1', quantity: 1, eta: '2024-03-01' },
      'ORDER_UNKNOWN',
    ],
    ['x-site', 'a foreign shipment', { type: 'AcceptReceipt', shipmentId: 'ST', accepted: 5 }, 'SHIPMENT_UNKNOWN'],
    ['y-logistics', 'legs between others', propose(leg(SHIPMENT, 'X')), 'SHIPMENT_UNKNOWN'],
    ['y-logistics', 'a move within another company', propose(leg(SHIPMENT, 'TESLA')), 'SHIPMENT_UNKNOWN'],
    [
      'x-logistics',
      'a move within another company beside a leg of its own',
      propose(leg(ORDER, 'X'), leg(SHIPMENT, 'TESLA')),
      'SHIPMENT_UNKNOWN',
    ],
    ['y-logistics', 'a tranche of others', propose(leg(ORDER, 'TESLA')), 'ORDER_UNKNOWN'],
  ])('of %s does not hold %s', (actor, _what, command, code) => {
    expect(codeOf(() => scopeOf(command, actorNamed(actor))(BOOK))).toBe(code);
  });

  it.each<[actor: string, what: string, command: LedgerCommand, code: string]>([
    ['x-cfo', 'an order', { type: 'ApproveOrder', orderId: 'Z' }, 'ORDER_UNKNOWN'],
    [
      'z-buyer',
      'a company',
      { type: 'PlaceOrder', orderId: 'P', companyId: 'Z', supplierId: 'NVIDIA', skuId: 'H100', tranches: [] },
      'COMPANY_UNKNOWN',
    ],
    [
      'nvidia-desk',
      'an order, for a shipment that is',
      { type: 'DispatchShipment', shipmentId: 'ST', orderId: 'Z', trancheId: '1', quantity: 1, eta: '2024-03-01' },
      'ALREADY_EXISTS',
    ],
    ['y-logistics', 'a shipment', propose(leg({ shipmentId: 'SZ' }, 'X')), 'SHIPMENT_UNKNOWN'],
    [
      'x-cfo',
      'a redirection',
      { type: 'ApproveRedirection', redirectionId: 'R', companyId: 'X' },
      'REDIRECTION_UNKNOWN',
    ],
  ])('leaves it to the rules, in their order, that there is no such thing: %s, %s', (actor, _what, command, code) => {
    expect(codeOf(() => scopeOf(command, actorNamed(actor))(BOOK))).toBeNull();
    expect(codeOf(() => ledgerDecider.decide(command, BOOK, { ...SAID, today: SAID.effectiveAt }))).toBe(code);
  });
});
