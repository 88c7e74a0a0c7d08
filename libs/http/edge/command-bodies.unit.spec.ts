import type { Type } from '@nestjs/common';
import 'reflect-metadata';
import { AdoptPolicyDto, ApproveRequestDto, SetApprovalLimitDto } from '../approvals/approvals.dto.ts';
import { RecordClaimDto } from '../claims/claims.dto.ts';
import { AttachEvidenceDto } from '../evidence/evidence.dto.ts';
import { AllowOverloadDto, RestoreCapacityDto } from '../facilities/facilities.dto.ts';
import { RejectRedirectionDto, WaiveExposureDto, WithdrawRedirectionDto } from '../logistics/redirections.dto.ts';
import { ConfirmReturnDto, ReturnUnitsDto } from '../logistics/returns.dto.ts';
import {
  CorrectReceiptDto,
  HoldShipmentDto,
  ReleaseShipmentDto,
  ReportShipmentLostDto,
  ResolveShortfallDto,
  ReviseEtaDto,
  SplitShipmentDto,
} from '../logistics/shipments.dto.ts';
import { ConfirmAmendmentDto, ProposeAmendmentDto, WithdrawAmendmentDto } from '../ordering/amendments.dto.ts';
import {
  CancelTrancheDto,
  RejectOrderDto,
  RescheduleTrancheDto,
  ResiteTrancheDto,
  SplitTrancheDto,
} from '../ordering/ordering.dto.ts';
import { Problem } from '../problem/problem.ts';
import { ShapePipe } from '../shape/shape-pipe.ts';
import { EnergiseUnitsDto, MoveStockDto, TransferTitleDto } from '../stock/stock.dto.ts';

const CLAIM = {
  ...{ claimId: 'CL-1', companyId: 'TESLA', metric: 'accepted', low: 35_000, high: 85_000, statedOn: '2023-12-31' },
  ...{ speaker: 's', source: 's', quote: 'q' },
};
const OVERLOAD = { overrideId: 'OV-1', units: 1, until: '2024-02-01', reason: 'r' };
const WAIVER = { debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', quantity: 1 };
const TITLE = { fromCompanyId: 'TESLA', toCompanyId: 'X', siteId: 'AUSTIN', lotId: 'L1', quantity: 1 };
const MOVE = { companyId: 'TESLA', lotId: 'L1', fromSiteId: 'AUSTIN', toSiteId: 'WH1', quantity: 1 };
const ENERGISE = { companyId: 'TESLA', lotId: 'L1', siteId: 'AUSTIN', quantity: 1 };
const CANCEL = { quantity: 1, resolution: 'cancel' };
const REPLACE = { quantity: 1, resolution: 'replace', newTrancheId: 'A-2', expectedDate: '2024-04-01' };
const RETURN = { returnId: 'RT-1', shipmentId: 'S1', quantity: 1, reason: 'wrong' };
const CORRECTION = { delta: -3, reason: 'r' };
const EVIDENCE = {
  ...{ subjectKind: 'order', subjectId: 'PO-1' },
  evidence: [{ uri: 'https://example.com/a.pdf', sha256: 'a'.repeat(64) }],
};
const AMENDMENT = { amendmentId: 'AM-1', orderId: 'PO-1', reason: 'r', changes: [{ trancheId: 'A', quantity: 1 }] };
const NEW_TRANCHE = { trancheId: 'B', quantity: 1, unitPriceCents: 1, requestedDate: '2024-03-01' };
const RESCHEDULE = { expectedDate: '2024-03-01', cause: 'carrier' };

const amending = (change: object) => ({ ...AMENDMENT, changes: [{ trancheId: 'A', ...change }] });

const WELL_FORMED: readonly [what: string, dto: Type<object>, body: object][] = [
  ['AdoptPolicy', AdoptPolicyDto, { fourEyes: ['ApproveBudget', 'WaiveExposure'] }],
  ['AdoptPolicy of nothing', AdoptPolicyDto, { fourEyes: [] }],
  ['ApproveRequest', ApproveRequestDto, {}],
  ['SetApprovalLimit', SetApprovalLimitDto, { companyId: 'TESLA', approver: 'tesla-buyer', limitCents: 0 }],
  ['SetApprovalLimit of all, none', SetApprovalLimitDto, { companyId: 'TESLA', limitCents: null }],
  ['RestoreCapacity to nothing', RestoreCapacityDto, { usableUnits: 0, from: '2024-04-01' }],
  ['AllowOverload', AllowOverloadDto, OVERLOAD],
  ['RejectOrder', RejectOrderDto, {}],
  ['RescheduleTranche', RescheduleTrancheDto, RESCHEDULE],
  ['ResiteTranche', ResiteTrancheDto, { siteId: 'WH1' }],
  ['SplitTranche', SplitTrancheDto, { newTrancheId: 'A-2', quantity: 1 }],
  ['CancelTranche', CancelTrancheDto, { quantity: 1 }],
  ['ProposeAmendment', ProposeAmendmentDto, AMENDMENT],
  ['ProposeAmendment of nothing: the rules refuse it', ProposeAmendmentDto, { ...AMENDMENT, changes: [] }],
  ['ProposeAmendment of a new tranche', ProposeAmendmentDto, { ...AMENDMENT, changes: [], newTranches: [NEW_TRANCHE] }],
  ['ConfirmAmendment', ConfirmAmendmentDto, {}],
  ['AttachEvidence', AttachEvidenceDto, EVIDENCE],
  ['AttachEvidence of nothing: the rules refuse it', AttachEvidenceDto, { ...EVIDENCE, evidence: [] }],
  ['ReviseEta', ReviseEtaDto, { eta: '2024-03-01', cause: 'site' }],
  ['HoldShipment', HoldShipmentDto, { reason: 'r' }],
  ['ReleaseShipment', ReleaseShipmentDto, {}],
  ['SplitShipment', SplitShipmentDto, { newShipmentId: 'S2', quantity: 1 }],
  ['ReportShipmentLost', ReportShipmentLostDto, {}],
  ['RejectRedirection', RejectRedirectionDto, { companyId: 'X' }],
  ['WithdrawRedirection', WithdrawRedirectionDto, {}],
  ['CorrectReceipt', CorrectReceiptDto, CORRECTION],
  ['CorrectReceipt by 0: the rules refuse it', CorrectReceiptDto, { ...CORRECTION, delta: 0 }],
  ['ResolveShortfall, cancelling', ResolveShortfallDto, CANCEL],
  ['ResolveShortfall, replacing', ResolveShortfallDto, REPLACE],
  ['ReturnUnits', ReturnUnitsDto, RETURN],
  ['ConfirmReturn', ConfirmReturnDto, {}],
  ['TransferTitle', TransferTitleDto, TITLE],
  ['MoveStock', MoveStockDto, MOVE],
  ['EnergiseUnits', EnergiseUnitsDto, ENERGISE],
  ['WaiveExposure', WaiveExposureDto, WAIVER],
  ['RecordClaim', RecordClaimDto, CLAIM],
  ['RecordClaim of exactly so many', RecordClaimDto, { ...CLAIM, high: 35_000 }],
  ['RecordClaim by a day', RecordClaimDto, { ...CLAIM, metric: 'supplyBy', horizon: '2024-12-31', skuId: 'H100' }],
];

const ILL_FORMED: readonly [what: string, dto: Type<object>, body: object, pointer: string][] = [
  ['capacity below nothing', RestoreCapacityDto, { usableUnits: -1, from: '2024-04-01' }, '/usableUnits'],
  ['evidence of a company', AttachEvidenceDto, { ...EVIDENCE, subjectKind: 'company' }, '/subjectKind'],
  ['evidence of nobody knows what', AttachEvidenceDto, { ...EVIDENCE, subjectId: undefined }, '/subjectId'],
  ['capacity from no day', RestoreCapacityDto, { usableUnits: 1, from: '2024-04-31' }, '/from'],
  ['an overload of nothing', AllowOverloadDto, { ...OVERLOAD, units: 0 }, '/units'],
  ['an overload for ever', AllowOverloadDto, { ...OVERLOAD, until: undefined }, '/until'],
  ['an overload without a reason', AllowOverloadDto, { ...OVERLOAD, reason: undefined }, '/reason'],
  ['a rejection with a company', RejectOrderDto, { companyId: 'X' }, '/companyId'],
  ['an unknown cause', RescheduleTrancheDto, { ...RESCHEDULE, cause: 'weather' }, '/cause'],
  ['a cause that only the ledger gives', RescheduleTrancheDto, { ...RESCHEDULE, cause: 'arrival' }, '/cause'],
  ['no cause', ReviseEtaDto, { eta: '2024-03-01' }, '/cause'],
  ['no site', ResiteTrancheDto, { siteId: null }, '/siteId'],
  ['a cancellation of nothing', CancelTrancheDto, { quantity: 0 }, '/quantity'],
  ['a policy that says nothing', AdoptPolicyDto, {}, '/fourEyes'],
  ['a policy of one command twice', AdoptPolicyDto, { fourEyes: ['ApproveBudget', 'ApproveBudget'] }, '/fourEyes'],
  ['a policy of what asks two people anyway', AdoptPolicyDto, { fourEyes: ['ApproveOrder'] }, '/fourEyes'],
  ['a policy that is no list', AdoptPolicyDto, { fourEyes: 'ApproveBudget' }, '/fourEyes'],
  ['a limit that says nothing', SetApprovalLimitDto, { companyId: 'TESLA' }, '/limitCents'],
  ['a limit below zero', SetApprovalLimitDto, { companyId: 'TESLA', limitCents: -1 }, '/limitCents'],
  ['a limit of a blank name', SetApprovalLimitDto, { companyId: 'TESLA', approver: ' ', limitCents: 1 }, '/approver'],
  ['a hold without a reason', HoldShipmentDto, {}, '/reason'],
  ['a hold with a blank reason', HoldShipmentDto, { reason: ' ' }, '/reason'],
  ['a rejection by nobody', RejectRedirectionDto, {}, '/companyId'],
  ['an amendment without a reason', ProposeAmendmentDto, { ...AMENDMENT, reason: undefined }, '/reason'],
  ['an amendment to no unit', ProposeAmendmentDto, amending({ quantity: 0 }), '/changes/0/quantity'],
  ['an amendment to no price', ProposeAmendmentDto, amending({ unitPriceCents: 0 }), '/changes/0/unitPriceCents'],
  [
    'an amendment to no day',
    ProposeAmendmentDto,
    amending({ requestedDate: '2024-02-30' }),
    '/changes/0/requestedDate',
  ],
  ['an amendment of a site', ProposeAmendmentDto, amending({ siteId: 'WH1' }), '/changes/0/siteId'],
  ['an amendment without changes', ProposeAmendmentDto, { ...AMENDMENT, changes: undefined }, '/changes'],
  [
    'a new tranche of nothing',
    ProposeAmendmentDto,
    { ...AMENDMENT, newTranches: [{ ...NEW_TRANCHE, quantity: 0 }] },
    '/newTranches/0/quantity',
  ],
  ['a withdrawal for a company', WithdrawAmendmentDto, { companyId: 'X' }, '/companyId'],
  ['a tranche split into nothing', SplitTrancheDto, { quantity: 1 }, '/newTrancheId'],
  ['a split of no open units', SplitTrancheDto, { newTrancheId: 'A-2', quantity: 0 }, '/quantity'],
  ['a split of nothing', SplitShipmentDto, { newShipmentId: 'S2', quantity: 0 }, '/quantity'],
  ['a split into nothing', SplitShipmentDto, { quantity: 1 }, '/newShipmentId'],
  ['a loss of a part', ReportShipmentLostDto, { quantity: 1 }, '/quantity'],
  ['a delta as text', CorrectReceiptDto, { ...CORRECTION, delta: '3' }, '/delta'],
  ['a delta that is a fraction', CorrectReceiptDto, { ...CORRECTION, delta: 0.5 }, '/delta'],
  ['a delta beyond the safe integers', CorrectReceiptDto, { ...CORRECTION, delta: -(2 ** 53) }, '/delta'],
  ['a correction without a reason', CorrectReceiptDto, { delta: 1 }, '/reason'],
  ['a resolution that is none', ResolveShortfallDto, { ...CANCEL, resolution: 'refund' }, '/resolution'],
  ['a replacement without a tranche', ResolveShortfallDto, { ...REPLACE, newTrancheId: undefined }, '/resolution'],
  ['a replacement without a day', ResolveShortfallDto, { ...REPLACE, expectedDate: undefined }, '/resolution'],
  ['a cancellation with a tranche', ResolveShortfallDto, { ...CANCEL, newTrancheId: 'A-2' }, '/resolution'],
  ['a shortfall of nothing', ResolveShortfallDto, { ...CANCEL, quantity: 0 }, '/quantity'],
  ['a return of nothing', ReturnUnitsDto, { ...RETURN, quantity: 0 }, '/quantity'],
  ['a return for another reason', ReturnUnitsDto, { ...RETURN, reason: 'unwanted' }, '/reason'],
  ['a return without a reason', ReturnUnitsDto, { ...RETURN, reason: undefined }, '/reason'],
  ['a confirmation of a part', ConfirmReturnDto, { quantity: 1 }, '/quantity'],
  ['a transfer of nothing', TransferTitleDto, { ...TITLE, quantity: 0 }, '/quantity'],
  ['a transfer to nobody', TransferTitleDto, { ...TITLE, toCompanyId: undefined }, '/toCompanyId'],
  ['a move of less than nothing', MoveStockDto, { ...MOVE, quantity: -1 }, '/quantity'],
  ['a move from nowhere', MoveStockDto, { ...MOVE, fromSiteId: '' }, '/fromSiteId'],
  ['nothing energised', EnergiseUnitsDto, { ...ENERGISE, quantity: 0 }, '/quantity'],
  ['a waiver of nothing', WaiveExposureDto, { ...WAIVER, quantity: 0 }, '/quantity'],
  ['a waiver without a creditor', WaiveExposureDto, { ...WAIVER, creditorId: undefined }, '/creditorId'],
  ['supplyBy without a horizon', RecordClaimDto, { ...CLAIM, metric: 'supplyBy' }, '/metric'],
  ['an unknown metric', RecordClaimDto, { ...CLAIM, metric: 'rumoured' }, '/metric'],
  ['low above high', RecordClaimDto, { ...CLAIM, low: 85_001 }, '/high'],
  ['a claim without words', RecordClaimDto, { ...CLAIM, quote: '' }, '/quote'],
];

describe('the bodies of commands', () => {
  it.each(WELL_FORMED)('take %s', async (_what, dto, body) => {
    expect(await pointersTo(dto, body)).toEqual([]);
  });

  it.each(ILL_FORMED)('refuse %s, and point at it', async (_what, dto, body, pointer) => {
    expect(await pointersTo(dto, body)).toEqual([pointer]);
  });

  it('hand on a negative delta as it is', async () => {
    expect(await new ShapePipe().transform(CORRECTION, { type: 'body', metatype: CorrectReceiptDto })).toMatchObject({
      delta: -3,
    });
  });
});

/** What the refusal points at; none where the body is taken. */
async function pointersTo(metatype: Type<object>, body: object): Promise<string[]> {
  try {
    await new ShapePipe().transform(body, { type: 'body', metatype });
    return [];
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'VALIDATION_FAILED') throw error;
    return (error.details.errors ?? []).map(({ pointer }) => pointer);
  }
}
