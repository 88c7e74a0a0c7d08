import { after, codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { acceptReceipt, proposeRedirection, receiveShipment } from '../fixtures/commands.ts';
import {
  cancelShortfall,
  correctReceipt,
  rejectRedirection,
  withdrawRedirection,
} from '../fixtures/change-commands.ts';
import { byTesla, byX, half, redirectedShipment, swap } from '../fixtures/swap.ts';
import { swappable } from '../fixtures/worlds.ts';
import { positionOf } from '../position.ts';
import { statusOf } from './status.ts';

const proposed = after(swappable, { ...swap, on: '2024-01-03' });
const active = after(half, byX);
const on = '2024-01-03';
const tomorrow = { on: '2024-01-05', today: '2024-01-04' };

describe('RejectRedirection', () => {
  const rejected = after(proposed, rejectRedirection({ on: '2024-01-04' }));

  it('ends what waits for approval, by a company that it needs', () => {
    expect(when(proposed, rejectRedirection({ on }))).toEqual([
      { type: 'RedirectionRejected', stream: 'redirection/R1', data: { redirectionId: 'R1', companyId: 'X' } },
    ]);
    expect(statusIn(rejected)).toBe('rejected');
    expect(positionOf(rejected.state, 'X', 'H100')).toEqual(positionOf(swappable.state, 'X', 'H100'));
    expect(codeOf(rejected, { ...byX, on: '2024-01-04' })).toBe('REDIRECTION_NOT_PROPOSED');
  });

  it('may come after the own approval, and from the proposer', () => {
    expect(codeOf(half, rejectRedirection({ companyId: 'TESLA', by: 'tesla-cfo' }))).toBeNull();
    expect(codeOf(half, rejectRedirection({ companyId: 'TESLA', by: 'tesla-logistics' }))).toBeNull();
  });

  it('frees its units for another', () => {
    const again = proposeRedirection({ redirectionId: 'R2', on: '2024-01-04' });
    expect(codeOf(rejected, again)).toBeNull();
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'REDIRECTION_UNKNOWN',
      'and no such company',
      proposed,
      rejectRedirection({ redirectionId: 'R9', companyId: 'Y' }),
    ],
    ['COMPANY_UNKNOWN', 'and tomorrow', proposed, rejectRedirection({ companyId: 'Y', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and active', active, rejectRedirection(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'before it was proposed', proposed, rejectRedirection({ on: '2024-01-02' })],
    ['EFFECTIVE_BEFORE_STREAM', 'and rejected', rejected, rejectRedirection({ on })],
    ['REDIRECTION_NOT_PROPOSED', 'active, by no party', active, rejectRedirection({ companyId: 'XAI' })],
    ['REDIRECTION_NOT_PROPOSED', 'twice', rejected, rejectRedirection({ on: '2024-01-04' })],
    ['NOT_A_PARTY', 'by a bystander', proposed, rejectRedirection({ companyId: 'XAI', on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('WithdrawRedirection', () => {
  const withdrawn = after(proposed, withdrawRedirection({ on: '2024-01-04' }));

  it('ends what the proposer proposed, also after an approval', () => {
    expect(when(proposed, withdrawRedirection({ on }))).toEqual([
      { type: 'RedirectionWithdrawn', stream: 'redirection/R1', data: { redirectionId: 'R1' } },
    ]);
    expect(statusIn(withdrawn)).toBe('withdrawn');
    expect(codeOf(withdrawn, { ...byTesla, on: '2024-01-04' })).toBe('REDIRECTION_NOT_PROPOSED');
    expect(codeOf(half, withdrawRedirection())).toBeNull();
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    ['REDIRECTION_UNKNOWN', 'and tomorrow', proposed, withdrawRedirection({ redirectionId: 'R9', ...tomorrow })],
    ['EFFECTIVE_IN_FUTURE', 'and active', active, withdrawRedirection(tomorrow)],
    ['EFFECTIVE_BEFORE_STREAM', 'by another', proposed, withdrawRedirection({ by: 'x-cfo', on: '2024-01-02' })],
    ['REDIRECTION_NOT_PROPOSED', 'active, by another', active, withdrawRedirection({ by: 'x-cfo' })],
    ['REDIRECTION_NOT_PROPOSED', 'twice', withdrawn, withdrawRedirection({ on: '2024-01-04' })],
    ['NOT_THE_PROPOSER', 'by another of the same company', proposed, withdrawRedirection({ by: 'tesla-cfo', on })],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});

describe('the last day of a redirection', () => {
  it('is moved on by a delivery, not by what else happens to the units of its legs', () => {
    const received = after(redirectedShipment, receiveShipment({ siteId: 'XDC', counted: 90, on: '2024-03-01' }));
    const accepted = after(received, acceptReceipt({ accepted: 90, on: '2024-03-02' }));
    const later = { on: '2024-03-05' };
    const resolved = after(accepted, correctReceipt(later), cancelShortfall({ quantity: 13, ...later }));
    expect(resolved.state.redirections.get('R1')).toMatchObject({
      lastEffectiveAt: '2024-03-02',
      legs: [{ deliveredUnits: 87, goneUnits: 13 }],
    });
  });
});

function statusIn({ state }: Book) {
  const redirection = state.redirections.get('R1');
  return redirection && statusOf(redirection);
}
