import { codeOf, when, type Book, type Given } from '../fixtures/book.ts';
import { approveBudget } from '../fixtures/commands.ts';
import { founded, funded } from '../fixtures/worlds.ts';
import { after } from '../fixtures/book.ts';
import { accountOf } from './state.ts';

describe('ApproveBudget', () => {
  it('gives the company money to commit', () => {
    expect(when(founded, approveBudget({}))).toEqual([
      {
        type: 'BudgetApproved',
        stream: 'funds/TESLA',
        data: { budgetId: 'B1', companyId: 'TESLA', limitCents: 100_000 },
      },
    ]);
  });

  it('adds up', () => {
    const { state } = after(funded, approveBudget({ limitCents: 1 }));
    expect(accountOf(state.funds, 'TESLA')).toEqual({ limitCents: 100_001, committedCents: 0, consumedCents: 0 });
  });

  it('adds up exactly beyond the safe integers', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const { state } = after(
      funded,
      approveBudget({ limitCents: most }),
      approveBudget({ budgetId: 'B2', limitCents: most }),
    );
    expect(accountOf(state.funds, 'TESLA').limitCents).toBe('18014398509581982');
  });

  it.each<[code: string, why: string, book: Book, command: Given]>([
    [
      'COMPANY_UNKNOWN',
      'and tomorrow',
      founded,
      approveBudget({ companyId: 'Y', on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'EFFECTIVE_IN_FUTURE',
      'and there already',
      funded,
      approveBudget({ budgetId: 'B-X', on: '2024-01-02', today: '2024-01-01' }),
    ],
    [
      'ALREADY_EXISTS',
      'also of another company',
      funded,
      approveBudget({ budgetId: 'B-X', limitCents: Number.MAX_SAFE_INTEGER }),
    ],
  ])('%s: %s', (code, _why, book, command) => {
    expect(codeOf(book, command)).toBe(code);
  });
});
