import type { Day } from '#libs/kernel';
import type { EventTable } from '../event-tables/event-table.ts';
import type { Amount } from './amount.ts';
import { amountsOf } from './fold.ts';

interface AmountRow extends Amount {
  readonly frontierOn: Day;
}

export const amounts: EventTable<AmountRow> = {
  name: 'amounts',
  columns: {
    measure: 'text',
    companyId: 'text',
    skuId: 'text',
    amount: 'numeric',
    worth: 'numeric',
    frontierOn: 'date',
  },
  fold: (event, { frontierOn }) => amountsOf(event).map((amount) => ({ ...amount, frontierOn })),
  blocks: { name: 'amount_blocks', keys: ['measure', 'companyId', 'skuId'], sums: ['amount', 'worth'] },
};
