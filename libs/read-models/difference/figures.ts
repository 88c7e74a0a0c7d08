import { selectAmounts } from '../amounts/query.ts';
import { selectExposures } from '../exposures/query.ts';
import { BUCKETS } from '../positions/movement.ts';
import { selectPositions } from '../positions/query.ts';
import type { Comparison, Eyes, Figure, Side } from './comparison.ts';
import { lineFigures } from './lines.ts';
import { redirectionFigures } from './redirections.ts';
import { siteFigures } from './sites.ts';

/** Every figure of one side that can differ from the other's. A filter that a report has no field for leaves its figures out. */
export async function figuresOf(eyes: Eyes, side: Side, comparison: Comparison): Promise<readonly Figure[]> {
  const { skuId, siteId } = comparison.filter;
  const ofCompanies = siteId === undefined;
  return [
    ...(ofCompanies ? await exposureFigures(eyes, side, comparison) : []),
    ...(await redirectionFigures(eyes, side, comparison)),
    ...(await lineFigures(eyes, side, comparison)),
    ...(await positionFigures(eyes, side, comparison)),
    ...(ofCompanies ? await slippageFigures(eyes, side, comparison) : []),
    ...(ofCompanies && skuId === undefined ? await fundsFigures(eyes, side, comparison) : []),
    ...(skuId === undefined ? await siteFigures(eyes, side, comparison) : []),
  ];
}

type Reading = (eyes: Eyes, side: Side, comparison: Comparison) => Promise<readonly Figure[]>;

const positionFigures: Reading = async ({ own }, { generation, ledger, asOfPosition }, { validAt, filter }) => {
  const items = await selectPositions(own, generation, ledger, asOfPosition, { ...filter, validAt });
  const at = filter.siteId === undefined ? {} : { siteId: filter.siteId };
  return items.flatMap(({ companyId, skuId, ...units }) =>
    BUCKETS.map((figure): Figure => ({
      key: { report: 'positions', figure, companyId, skuId, ...at },
      companyId,
      value: BigInt(units[figure]),
    })),
  );
};

/** One a pair: what the company earlier in order owes the later, less than nothing when it is owed. */
const exposureFigures: Reading = async ({ own }, side, { validAt, filter }) => {
  const { items } = await selectExposures(own, side, { ...filter, validAt });
  return items.map(({ debtorId, creditorId, skuId, units }): Figure => {
    const inOrder = debtorId < creditorId;
    const pair = inOrder ? { debtorId, creditorId } : { debtorId: creditorId, creditorId: debtorId };
    const value = inOrder ? BigInt(units) : -BigInt(units);
    return { key: { report: 'exposures', figure: 'units', ...pair, skuId }, companyId: pair.debtorId, value };
  });
};

/** The sums themselves: the slippage report leaves out a cause whose unit-days are 0, whatever they are worth. */
const slippageFigures: Reading = async ({ own }, side, { validAt, filter }) => {
  const sums = await selectAmounts(own, side, ['slip:'], { ...filter, validAt });
  return sums.flatMap(({ measure, companyId, skuId, amount, worth }): Figure[] => {
    const named = { report: 'slippage', companyId, skuId: skuId ?? '', cause: measure.slice('slip:'.length) } as const;
    return [
      { key: { ...named, figure: 'unitDays' }, companyId, value: BigInt(amount) },
      { key: { ...named, figure: 'valueCentDays' }, companyId, value: BigInt(worth ?? '0') },
    ];
  });
};

const MONEY = ['limitCents', 'committedCents', 'consumedCents'] as const;

const fundsFigures: Reading = async ({ own }, side, { validAt, filter }) => {
  const sums = await selectAmounts(own, side, MONEY, { ...filter, validAt });
  const companies = [...new Set(sums.map(({ companyId }) => companyId))];
  return companies.flatMap((companyId): Figure[] => {
    const centsOf = (figure: string) =>
      BigInt(sums.find((sum) => sum.companyId === companyId && sum.measure === figure)?.amount ?? 0);
    const left = centsOf('limitCents') - centsOf('committedCents') - centsOf('consumedCents');
    return [
      ...MONEY.map((figure) => ({ figure, value: centsOf(figure) })),
      { figure: 'headroomCents', value: left },
    ].map(({ figure, value }) => ({ key: { report: 'funds', figure, companyId }, companyId, value }));
  });
};
