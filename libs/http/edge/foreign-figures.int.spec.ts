import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

const AT = { effectiveAt: '2024-01-03' };

describe('a rejection over HTTP', () => {
  let edge: RunningEdge;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    await accepted(edge.post('tesla-buyer', 'orders', costing('PO-DEAR', 'TESLA', 990_000)));
    await accepted(edge.post('tesla-cfo', 'orders/PO-DEAR/approvals', AT));
    await accepted(edge.post('x-buyer', 'orders', costing('PO-X', 'X', 900_000)));
    await accepted(edge.post('x-cfo', 'orders/PO-X/approvals', AT));
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const screened = (outcome: string) =>
    accepted(
      edge.post('compliance', 'screenings', {
        ...AT,
        companyId: 'X',
        ruleset: 'EAR',
        outcome,
        validUntil: '2024-12-31',
      }),
    );

  /** Of a tranche of TESLA to X, approved by the one; what the other hears who completes it, and on a dry run. */
  async function refusedTo(
    completing: 'TESLA' | 'X',
    redirectionId: string,
    orderId: string,
    before?: () => Promise<unknown>,
  ) {
    const legs = [{ orderId, trancheId: 'T1', toCompanyId: 'X', toSiteId: 'X-DC' }];
    await accepted(edge.post('tesla-logistics', 'redirections', { ...AT, redirectionId, reason: 'a memo', legs }));
    const first = completing === 'X' ? 'TESLA' : 'X';
    const approve = (companyId: string, query = '') =>
      edge.post(`${companyId.toLowerCase()}-cfo`, `redirections/${redirectionId}/approvals${query}`, {
        ...AT,
        companyId,
      });
    await accepted(approve(first));
    await before?.();
    const dry = await approve(completing, '?dryRun=true');
    const { status, body } = await approve(completing);
    expect([status, dry.status, dry.body.code, dry.body['fields']]).toEqual([409, 409, body.code, body['fields']]);
    return [body.code, body['fields']];
  }

  it('tells nobody how another company was screened', async () => {
    await screened('fail');
    expect(await refusedTo('TESLA', 'R1', 'PO-1')).toEqual(['END_USER_NOT_SCREENED', { companyId: 'X' }]);
    const own = { companyId: 'X', day: '2024-01-03', ruleset: 'EAR', outcome: 'fail', validUntil: '2024-12-31' };
    expect(await refusedTo('X', 'R2', 'PO-1')).toEqual(['END_USER_NOT_SCREENED', own]);
  });

  it('tells the money of a company to its own people alone', async () => {
    await screened('pass');
    expect(await refusedTo('TESLA', 'R3', 'PO-DEAR')).toEqual(['BUDGET_EXCEEDED', { companyId: 'X' }]);
    expect(await refusedTo('X', 'R4', 'PO-DEAR')).toEqual([
      'BUDGET_EXCEEDED',
      { companyId: 'X', limitCents: 1_000_000, committedCents: 900_000, consumedCents: 0, addedCents: 990_000 },
    ]);
  });

  it('tells what a leg takes by now to who has it alone', async () => {
    const split = () =>
      accepted(
        edge.post('tesla-logistics', 'orders/PO-1/tranches/T1/splits', { ...AT, newTrancheId: 'T2', quantity: 4 }),
      );
    expect(await refusedTo('X', 'R5', 'PO-1', split)).toEqual(['LEG_CHANGED', { leg: 1, companyId: 'TESLA' }]);
  });

  it('tells how full a site is to whose it is alone', async () => {
    await accepted(
      edge.post('x-site', 'sites/X-DC/capacity-notices', { ...AT, usableUnits: 0, from: '2024-01-03', cause: 'fire' }),
    );
    const place = { siteId: 'X-DC', companyId: 'X' };
    expect(await refusedTo('TESLA', 'R6', 'PO-1')).toEqual(['SITE_CAPACITY_EXCEEDED', place]);
    const figures = { ...place, day: '2024-03-01', usableUnits: 0, loadUnits: 7, allowedOverloadUnits: 0 };
    expect(await refusedTo('X', 'R7', 'PO-1')).toEqual(['SITE_CAPACITY_EXCEEDED', figures]);
  });
});

function costing(orderId: string, companyId: string, unitPriceCents: number): object {
  const tranches = [
    { trancheId: 'T1', quantity: 1, unitPriceCents, requestedDate: '2024-03-01', siteId: `${companyId}-DC` },
  ];
  return { ...orderOf(orderId), companyId, tranches };
}
