import { redirectionSlips } from './leg-slippage.ts';
import type { ActivatedLeg } from './leg-units.ts';

describe('the slips of a redirection', () => {
  it('of an equal swap sum to zero over the companies', () => {
    expect(
      slips(
        ['TESLA', 'X', '2023-12-20', 12_000],
        ['X', 'TESLA', '2024-01-31', 6000],
        ['X', 'TESLA', '2024-06-30', 6000],
      ),
    ).toEqual(['TESLA H100 1410000 @ 7', 'X H100 -1410000 @ 7']);
  });

  it('match from the earliest, whatever the order of the legs', () => {
    expect(
      slips(
        ['X', 'TESLA', '2024-06-30', 5],
        ['TESLA', 'X', '2024-01-02', 5],
        ['X', 'TESLA', '2024-01-05', 5],
        ['TESLA', 'X', '2024-01-01', 5],
      ),
    ).toEqual(['TESLA H100 920 @ 7', 'X H100 -920 @ 7']);
  });

  it('leave the later rest unmatched: it has no date', () => {
    expect(slips(['A', 'B', '2024-01-01', 10], ['B', 'A', '2024-01-11', 4])).toEqual([
      'A H100 40 @ 7',
      'B H100 -40 @ 7',
    ]);
    expect(slips(['A', 'B', '2024-01-01', 4], ['B', 'A', '2024-01-11', 10])).toEqual([
      'A H100 40 @ 7',
      'B H100 -40 @ 7',
    ]);
    expect(slips(['A', 'B', '2024-01-01', 10])).toEqual([]);
  });

  it('are none where they come to zero', () => {
    expect(slips(['A', 'B', '2024-01-01', 10], ['B', 'A', '2024-01-01', 10])).toEqual([]);
  });

  it('are priced as given, equal prices together, on one day the smaller lot first', () => {
    expect(
      slips(
        ['A', 'B', '2024-01-01', 10, 8],
        ['A', 'B', '2024-01-01', 5, 9],
        ['B', 'A', '2024-01-02', 5, 1],
        ['B', 'A', '2024-01-04', 10, 2],
      ),
    ).toEqual(['A H100 30 @ 8', 'A H100 5 @ 9', 'B H100 -5 @ 1', 'B H100 -30 @ 2']);
  });

  it('keep SKUs apart, and leave out legs within one company', () => {
    expect(
      slips(['A', 'B', '2024-01-01', 1], ['B', 'A', '2024-01-02', 1, 7, 'B200'], ['A', 'A', '2024-01-09', 1]),
    ).toEqual([]);
  });
});

type Row = [from: string, to: string, expectedDate: string, quantity: number, unitPriceCents?: number, skuId?: string];

function slips(...rows: Row[]): string[] {
  return redirectionSlips(rows.map(legOf)).map(
    ({ companyId, skuId, unitDays, unitPriceCents }) => `${companyId} ${skuId} ${unitDays} @ ${unitPriceCents}`,
  );
}

function legOf(
  [from, to, expectedDate, quantity, unitPriceCents = 7, skuId = 'H100']: Row,
  index: number,
): ActivatedLeg {
  const units = { orderId: `PO-${index}`, trancheId: 'A', shipmentId: null, skuId, quantity, expectedDate };
  return {
    leg: { leg: index + 1, ...units, fromCompanyId: from, fromSiteId: null, toCompanyId: to, toSiteId: 'S' },
    units: { ...units, unitPriceCents, companyId: from, siteId: null, leg: null, originCompanyId: from },
  };
}
