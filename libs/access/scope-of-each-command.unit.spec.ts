import { ledgerDecider, type LedgerCommand } from '#libs/domain';
import { actorNamed, BOOK, codeOf, ledgerWith, SAID } from './fixtures/scoped-ledger.ts';
import { scopeOf } from './scope.ts';

const TO_TESLA = { toCompanyId: 'TESLA', toSiteId: 'TESLA-1' };
const screened = (companyId: string): LedgerCommand => ({
  ...{ type: 'RecordScreening', companyId, ruleset: 'r', outcome: 'pass', validUntil: '2024-12-31' },
});

/** X's order O went to TESLA on R1, and would be amended by X; R2 waits, ST would go from TESLA to X. */
const REDIRECTED = ledgerWith(
  [
    ['a', 'TESLA', screened('TESLA')],
    ['a', 'X', screened('X')],
    [
      ...(['logistics', 'X'] as const),
      {
        ...{ type: 'ProposeRedirection', redirectionId: 'R1', reason: 'r' },
        legs: [{ orderId: 'O', trancheId: '1', ...TO_TESLA }],
      },
    ],
    ['cfo', 'X', { type: 'ApproveRedirection', redirectionId: 'R1', companyId: 'X' }],
    ['cfo', 'TESLA', { type: 'ApproveRedirection', redirectionId: 'R1', companyId: 'TESLA' }],
    [
      ...(['logistics', 'X'] as const),
      {
        ...{ type: 'ProposeRedirection', redirectionId: 'R2', reason: 'r' },
        legs: [{ shipmentId: 'ST', toCompanyId: 'X', toSiteId: 'X-1' }],
      },
    ],
    [
      ...(['buyer', 'X'] as const),
      {
        ...{ type: 'ProposeAmendment', amendmentId: 'AM', orderId: 'O', reason: 'r', changes: [] },
        newTranches: [{ trancheId: '9', quantity: 1, unitPriceCents: 1, requestedDate: '2024-03-01' }],
      },
    ],
  ],
  BOOK,
);

const ORDER = { orderId: 'T', trancheId: '1' };
const SHIPMENT = { shipmentId: 'ST' };
const CLAIM = {
  claimId: 'C',
  companyId: 'TESLA',
  metric: 'accepted',
  low: 1,
  high: 2,
  statedOn: '2024-01-01',
} as const;
const LOT = { lotId: 'ST', quantity: 1 };

interface Case {
  readonly command: LedgerCommand;
  readonly own: readonly (readonly [actor: string, company: string])[];
  readonly foreign: readonly string[];
  readonly code: string;
  /** The fields that name a thing that is not there. */
  readonly nothing: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    command: { type: 'RestoreCapacity', siteId: 'TESLA-1', usableUnits: 1, from: '2024-01-01' },
    ...{ own: [['tesla-site', 'TESLA']], foreign: ['x-site'], code: 'SITE_UNKNOWN', nothing: { siteId: 'Z' } },
  },
  {
    command: { type: 'AllowOverload', overrideId: 'V', siteId: 'X-1', units: 1, until: '2024-02-01', reason: 'r' },
    ...{ own: [['x-cfo', 'X']], foreign: ['tesla-cfo', 'y-cfo'], code: 'SITE_UNKNOWN', nothing: { siteId: 'Z' } },
  },
  {
    command: { type: 'RejectOrder', orderId: 'T' },
    ...{ own: [['tesla-buyer', 'TESLA']], foreign: ['x-buyer'], code: 'ORDER_UNKNOWN', nothing: { orderId: 'Z' } },
  },
  {
    command: { type: 'RescheduleTranche', ...ORDER, expectedDate: '2024-03-02', cause: 'supplier' },
    ...{ own: [['nvidia-desk', 'NVIDIA']], foreign: ['amd-desk'], code: 'ORDER_UNKNOWN', nothing: { orderId: 'Z' } },
  },
  {
    command: { type: 'ResiteTranche', ...ORDER, orderId: 'O', siteId: 'TESLA-1' },
    ...{ own: [['tesla-logistics', 'TESLA']], foreign: ['x-logistics'], code: 'ORDER_UNKNOWN' },
    nothing: { orderId: 'Z' },
  },
  {
    command: { type: 'SplitTranche', ...ORDER, orderId: 'O', newTrancheId: '2', quantity: 1 },
    ...{ own: [['tesla-logistics', 'TESLA']], foreign: ['x-logistics'], code: 'ORDER_UNKNOWN' },
    nothing: { orderId: 'Z' },
  },
  {
    command: { type: 'CancelTranche', ...ORDER, orderId: 'O', quantity: 1 },
    ...{ own: [['tesla-buyer', 'TESLA']], foreign: ['x-buyer'], code: 'ORDER_UNKNOWN', nothing: { orderId: 'Z' } },
  },
  {
    command: { type: 'ProposeAmendment', amendmentId: 'AN', orderId: 'O', reason: 'r', changes: [] },
    ...{ own: [['x-buyer', 'X']], foreign: ['tesla-buyer'], code: 'ORDER_UNKNOWN', nothing: { orderId: 'Z' } },
  },
  ...(['ApproveAmendment', 'WithdrawAmendment'] as const).map((type): Case => ({
    ...{ command: { type, amendmentId: 'AM' }, own: [['x-buyer', 'X']], foreign: ['tesla-buyer', 'nvidia-desk'] },
    ...{ code: 'AMENDMENT_UNKNOWN', nothing: { amendmentId: 'Z' } },
  })),
  ...(['ConfirmAmendment', 'RejectAmendment'] as const).map((type): Case => ({
    ...{ command: { type, amendmentId: 'AM' }, own: [['nvidia-desk', 'NVIDIA']], foreign: ['amd-desk', 'x-buyer'] },
    ...{ code: 'AMENDMENT_UNKNOWN', nothing: { amendmentId: 'Z' } },
  })),
  ...(
    [
      { type: 'ReviseEta', ...SHIPMENT, eta: '2024-03-02', cause: 'carrier' },
      { type: 'ReportShipmentLost', ...SHIPMENT },
    ] as const
  ).map((command): Case => ({
    ...{ command, own: [['nvidia-desk', 'NVIDIA']], foreign: ['amd-desk', 'tesla-any'], code: 'SHIPMENT_UNKNOWN' },
    nothing: { shipmentId: 'Z' },
  })),
  ...(
    [
      { type: 'HoldShipment', ...SHIPMENT, reason: 'r' },
      { type: 'ReleaseShipment', ...SHIPMENT },
      { type: 'SplitShipment', ...SHIPMENT, newShipmentId: 'SN', quantity: 1 },
      { type: 'CorrectReceipt', ...SHIPMENT, delta: 1, reason: 'r' },
      { type: 'ReturnUnits', returnId: 'RT', ...SHIPMENT, quantity: 1, reason: 'rejected' },
      { type: 'ResolveShortfall', ...SHIPMENT, quantity: 1, resolution: 'cancel' },
    ] as const
  ).map((command): Case => ({
    ...{ command, own: [['tesla-any', 'TESLA']], foreign: ['x-any', 'nvidia-any'], code: 'SHIPMENT_UNKNOWN' },
    nothing: { shipmentId: 'Z' },
  })),
  {
    command: { type: 'AttachEvidence', subjectKind: 'order', subjectId: 'O' },
    own: [
      ['x-buyer', 'X'],
      ['tesla-logistics', 'TESLA'],
      ['nvidia-desk', 'NVIDIA'],
    ],
    ...{ foreign: ['y-cfo', 'amd-desk'], code: 'ORDER_UNKNOWN', nothing: { subjectId: 'Z' } },
  },
  {
    command: { type: 'AttachEvidence', subjectKind: 'redirection', subjectId: 'R2' },
    own: [
      ['x-cfo', 'X'],
      ['tesla-cfo', 'TESLA'],
    ],
    ...{ foreign: ['y-cfo', 'nvidia-desk'], code: 'REDIRECTION_UNKNOWN', nothing: { subjectId: 'Z' } },
  },
  {
    command: { type: 'RejectRedirection', redirectionId: 'R2', companyId: 'X' },
    ...{ own: [['x-cfo', 'X']], foreign: ['tesla-cfo', 'y-cfo'], code: 'COMPANY_UNKNOWN' },
    nothing: { redirectionId: 'Z' },
  },
  {
    command: { type: 'WithdrawRedirection', redirectionId: 'R2' },
    own: [
      ['x-logistics', 'X'],
      ['tesla-logistics', 'TESLA'],
    ],
    ...{ foreign: ['y-logistics'], code: 'REDIRECTION_UNKNOWN', nothing: { redirectionId: 'Z' } },
  },
  {
    command: { type: 'WaiveExposure', debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', quantity: 1 },
    ...{ own: [['tesla-cfo', 'TESLA']], foreign: ['x-cfo'], code: 'COMPANY_UNKNOWN', nothing: { creditorId: 'Z' } },
  },
  {
    command: { type: 'SetApprovalLimit', companyId: 'X', limitCents: 1 },
    ...{ own: [['x-cfo', 'X']], foreign: ['tesla-cfo'], code: 'COMPANY_UNKNOWN', nothing: { companyId: 'Z' } },
  },
  {
    command: { type: 'TransferTitle', fromCompanyId: 'TESLA', toCompanyId: 'X', siteId: 'TESLA-1', ...LOT },
    ...{ own: [['tesla-logistics', 'TESLA']], foreign: ['x-logistics'], code: 'COMPANY_UNKNOWN' },
    nothing: { fromCompanyId: 'Z' },
  },
  {
    command: { type: 'MoveStock', companyId: 'X', fromSiteId: 'X-1', toSiteId: 'X-1', ...LOT },
    ...{
      own: [['x-logistics', 'X']],
      foreign: ['tesla-logistics'],
      code: 'COMPANY_UNKNOWN',
      nothing: { companyId: 'Z' },
    },
  },
  {
    command: { type: 'EnergiseUnits', companyId: 'X', siteId: 'X-1', ...LOT },
    ...{ own: [['x-site', 'X']], foreign: ['tesla-site'], code: 'COMPANY_UNKNOWN', nothing: { companyId: 'Z' } },
  },
];

/** ST was accepted, and two of it are on their way back. */
const RETURNED = ledgerWith(
  [
    ['site', 'TESLA', { type: 'ReceiveShipment', ...SHIPMENT, siteId: 'TESLA-1', counted: 5 }],
    ['site', 'TESLA', { type: 'AcceptReceipt', ...SHIPMENT, accepted: 5 }],
    ['site', 'TESLA', { type: 'ReturnUnits', returnId: 'RT', ...SHIPMENT, quantity: 2, reason: 'wrong' }],
  ],
  BOOK,
);

describe('the scope of each command', () => {
  it('ConfirmReturn: of the supplier and nobody else, for whom it is not there', () => {
    const command = { type: 'ConfirmReturn', returnId: 'RT' } as const;
    expect(scopeOf(command, of('nvidia-desk'))(RETURNED)).toBe('NVIDIA');
    for (const actor of ['amd-desk', 'tesla-any', 'x-any']) {
      expect(codeOf(() => scopeOf(command, of(actor))(RETURNED))).toBe('RETURN_UNKNOWN');
    }
    expect(codeOf(() => scopeOf({ ...command, returnId: 'Z' }, of('amd-desk'))(RETURNED))).toBeNull();
  });

  it.each(CASES)('$command.type: of the company it concerns', ({ command, own }) => {
    for (const [actor, company] of own) expect(scopeOf(command, of(actor))(REDIRECTED)).toBe(company);
  });

  it.each(CASES)('$command.type: of nobody else, for whom it is not there', ({ command, foreign, code }) => {
    for (const actor of foreign) expect(codeOf(() => scopeOf(command, of(actor))(REDIRECTED))).toBe(code);
  });

  it.each(CASES)(
    '$command.type: what is not there is left to the rules',
    ({ command, own, foreign, code, nothing }) => {
      const lost = { ...command, ...nothing };
      for (const actor of [...own.map(([each]) => each), ...foreign]) {
        expect(codeOf(() => scopeOf(lost, of(actor))(REDIRECTED))).toBeNull();
      }
      const [field = ''] = Object.keys(nothing);
      const named = field === 'subjectId' ? code.replace('_UNKNOWN', '') : field.slice(0, -2).toUpperCase();
      const kind = /company|debtor|creditor/i.test(field) ? 'COMPANY' : named;
      expect(codeOf(() => ledgerDecider.decide(lost, REDIRECTED, { ...SAID, today: SAID.effectiveAt }))).toBe(
        `${kind}_UNKNOWN`,
      );
    },
  );

  it('RecordClaim: of the group, about any company', () => {
    const command: LedgerCommand = { type: 'RecordClaim', ...CLAIM, speaker: 's', source: 's', quote: 'q' };
    expect(scopeOf(command, of('analyst'))(REDIRECTED)).toBeNull();
    expect(scopeOf({ ...command, companyId: 'Z' }, of('analyst'))(REDIRECTED)).toBeNull();
  });
});

function of(actor: string) {
  // Whatever the role: which one may do what is the policy's to say.
  return actorNamed(actor.replace('-any', '-buyer'));
}
