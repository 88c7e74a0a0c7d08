import { proposeAmendment, returnUnits } from '../fixtures/change-commands.ts';
import { acceptReceipt, proposeRedirection, receiveShipment } from '../fixtures/commands.ts';
import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { attachEvidence, documentOf } from '../fixtures/evidence-commands.ts';
import { recordClaim } from '../fixtures/stock-commands.ts';
import { approved, ordered, shipped, swappable } from '../fixtures/worlds.ts';
import type { AttachEvidence } from './commands.ts';

const swap = proposeRedirection({
  redirectionId: 'SW-1',
  legs: [
    { shipmentId: 'S1', toCompanyId: 'X', toSiteId: 'XDC' },
    { orderId: 'PO-2', trancheId: 'J', toCompanyId: 'TESLA', toSiteId: 'AUSTIN' },
  ],
});
const returned = after(
  shipped,
  receiveShipment({ on: '2024-03-01' }),
  acceptReceipt({ accepted: 90, rejected: 10, on: '2024-03-01' }),
  returnUnits({ quantity: 10, on: '2024-03-02' }),
);

describe('AttachEvidence', () => {
  it.each<[AttachEvidence['subjectKind'], string, Book, readonly string[]]>([
    ['order', 'PO-1', ordered, ['TESLA']],
    ['order', 'PO-1', approved, ['NVIDIA', 'TESLA']],
    ['shipment', 'S1', shipped, ['NVIDIA', 'TESLA']],
    ['redirection', 'SW-1', after(swappable, swap), ['TESLA', 'X']],
    ['site', 'AUSTIN', shipped, ['TESLA']],
    ['claim', 'CL-1', after(shipped, recordClaim()), ['TESLA']],
    ['amendment', 'AM-1', after(approved, proposeAmendment()), ['NVIDIA', 'TESLA']],
    ['return', 'RT-1', returned, ['NVIDIA', 'TESLA']],
  ])('to the %s %s, for those whose it is', (subjectKind, subjectId, book, companyIds) => {
    const command = attachEvidence({ subjectKind, subjectId, on: '2024-03-02' });
    const data = { subjectKind, subjectId, companyIds };
    expect(when(book, command)).toEqual([{ type: 'EvidenceAttached', stream: `${subjectKind}/${subjectId}`, data }]);
    expect(after(book, command).events.at(-1)?.evidence).toEqual([documentOf('a')]);
  });

  it('whose day is before the last event of its subject, which stays the last', () => {
    const late = after(returned, attachEvidence({ on: '2023-12-01', today: '2024-03-05' }));
    expect(late.state.shipments).toBe(returned.state.shipments);
  });

  it('to other things, though it is attached to one', () => {
    const book = after(shipped, attachEvidence());
    expect(codeOf(book, attachEvidence({ subjectKind: 'order', subjectId: 'PO-1' }))).toBeNull();
    expect(codeOf(book, attachEvidence({ evidence: [documentOf('b')] }))).toBeNull();
  });

  const attached = after(shipped, attachEvidence());
  const tomorrow = { on: '2024-01-02', today: '2024-01-01' };
  it.each<[code: string, why: string, command: Given]>([
    ['SHIPMENT_UNKNOWN', 'and nothing to attach', attachEvidence({ subjectId: 'S9', evidence: [] })],
    ['ORDER_UNKNOWN', 'a shipment’s id', attachEvidence({ subjectKind: 'order' })],
    ['CLAIM_UNKNOWN', 'and tomorrow', attachEvidence({ subjectKind: 'claim', subjectId: 'CL-9', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and nothing to attach', attachEvidence({ evidence: [], ...tomorrow })],
    ['NO_EVIDENCE', 'nothing to attach', attachEvidence({ evidence: [] })],
    ['ALREADY_ATTACHED', 'before', attachEvidence({ evidence: [documentOf('b'), documentOf('a')] })],
    ['ALREADY_ATTACHED', 'twice at once', attachEvidence({ evidence: [documentOf('b'), documentOf('b')] })],
    ['ALREADY_ATTACHED', 'from elsewhere', attachEvidence({ evidence: [{ ...documentOf('a'), uri: 'ftp://b/c' }] })],
  ])('%s: %s', (code, _why, command) => {
    expect(codeOf(attached, command)).toBe(code);
  });

  it('names the document that is attached already', () => {
    const fields = { subjectKind: 'shipment', subjectId: 'S1', sha256: 'a'.repeat(64) };
    expect(when(attached, attachEvidence())).toEqual({ code: 'ALREADY_ATTACHED', fields });
  });
});
