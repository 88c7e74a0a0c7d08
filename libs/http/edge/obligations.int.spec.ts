import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, playBeginning } from './story.fixture.spec.ts';

const on = (effectiveAt: string) => ({ effectiveAt });

describe('what companies agreed and owe, over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let head: number;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    base = `/v1/ledgers/${edge.ledger}`;
    await playRedirection();
    for (const [claimId, companyId] of [
      ['C-1', 'TESLA'],
      ['C-2', 'X'],
      ['C-3', 'X'],
    ]) {
      await accepted(edge.post('analyst', 'claims', { ...on('2024-03-05'), claimId, companyId, ...SAID }));
    }
    head = Number((await edge.get('auditor', base)).body['headPosition']);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const report = async (actor: string, path: string) =>
    (await edge.get(actor, `${base}/${path}${path.includes('?') ? '&' : '?'}minPosition=${head}`)).body;

  it('tells each party the whole statement of a redirection, and nobody else', async () => {
    const statement = {
      redirectionId: 'R-1',
      status: 'delivered',
      reason: 'X is ready first',
      proposedOn: '2024-02-01',
      activatedOn: '2024-02-03',
      parties: ['TESLA', 'X'],
      related: false,
      approvals: [
        { companyId: 'TESLA', actor: expect.stringMatching(/^[0-9a-f-]{36}$/), on: '2024-02-02' },
        { companyId: 'X', actor: expect.stringMatching(/^[0-9a-f-]{36}$/), on: '2024-02-03' },
      ],
      legs: [expect.objectContaining({ leg: 1, orderId: 'PO-1', trancheId: 'T1', shipmentId: null, quantity: 10 })],
    };
    for (const actor of ['tesla-buyer', 'x-buyer', 'auditor']) {
      const { items } = await report(actor, 'redirections');
      expect(items).toEqual([expect.objectContaining(statement)]);
      expect((items as { legs: object[] }[])[0]?.legs[0]).toMatchObject({ delivered: 10, gone: 0, outstanding: 0 });
    }
    expect((await report('nobody-buyer', 'redirections')).items).toEqual([]);
    expect((await report('auditor', 'redirections?validAt=2024-02-02')).items).toMatchObject([
      { status: 'proposed', activatedOn: null, approvals: [{ companyId: 'TESLA' }], legs: [{ outstanding: 0 }] },
    ]);
    expect((await report('auditor', 'redirections?validAt=2024-02-20')).items).toMatchObject([
      { status: 'active', legs: [{ delivered: 0, outstanding: 10 }] },
    ]);
  });

  it('tells who owes whom, to both sides, once', async () => {
    const items = [{ debtorId: 'X', creditorId: 'TESLA', skuId: 'H100', units: 10 }];
    const [tesla, x] = [
      { companyId: 'TESLA', units: 10 },
      { companyId: 'X', units: -10 },
    ];
    expect(await report('auditor', 'exposures')).toMatchObject({ items, net: [tesla, x] });
    expect(await report('tesla-cfo', 'exposures')).toMatchObject({ items, net: [tesla] });
    expect(await report('x-site', 'exposures')).toMatchObject({ items, net: [x] });
    expect(await report('nobody-cfo', 'exposures')).toMatchObject({ items: [], net: [] });
    expect(await report('auditor', 'exposures?validAt=2024-03-01')).toMatchObject({ items: [], net: [] });
  });

  it('tells claims page by page, each to its company', async () => {
    const first = await report('auditor', 'claims?limit=2');
    expect(first.items).toMatchObject([
      { claimId: 'C-1', companyId: 'TESLA', ledger: 0, gap: -5 },
      { claimId: 'C-2', companyId: 'X', ledger: 10, gap: 2, atStatedOn: 10, now: 10 },
    ]);
    const cursor = encodeURIComponent(String(first['nextCursor']));
    const rest = await report('auditor', `claims?limit=2&cursor=${cursor}`);
    expect([rest.items?.map((claim) => claim['claimId']), rest['hasMore']]).toEqual([['C-3'], false]);
    expect((await report('tesla-cfo', 'claims')).items?.map((claim) => claim['claimId'])).toEqual(['C-1']);
    for (const [actor, query] of [
      ['auditor', '&companyId=X'],
      ['x-cfo', ''],
    ] as const) {
      const foreign = await edge.get(actor, `${base}/claims?limit=2&cursor=${cursor}${query}`);
      expect([foreign.status, foreign.body.code]).toEqual([400, 'CURSOR_INVALID']);
    }
    const elsewhere = await edge.get('auditor', `${base}/redirections?limit=2&cursor=${cursor}`);
    expect([elsewhere.status, elsewhere.body.code]).toEqual([400, 'CURSOR_INVALID']);
  });

  it('tells no claim as of a valid day: it names its own', async () => {
    const { status, body } = await edge.get('auditor', `${base}/claims?validAt=2024-03-05`);
    expect([status, body.code]).toEqual([400, 'QUERY_INVALID']);
  });

  it('tells the legs of a redirection as JSON in a CSV', async () => {
    const authorization = await edge.bearer('auditor');
    const path = `${edge.url}${base}/redirections?minPosition=${head}`;
    const csv = await fetch(path, { headers: { accept: 'text/csv', authorization } });
    const [columns, row] = (await csv.text()).split('\r\n');
    expect(columns).toMatch(/^redirectionId,status,reason,.*,related,legs$/);
    expect(row).toMatch(/^R-1,delivered,X is ready first,.*""outstanding"":0/);
  });

  const SAID = {
    ...{ skuId: 'H100', metric: 'accepted', low: 5, high: 8, statedOn: '2024-03-05' },
    ...{ speaker: 'a person', source: 'a call', quote: 'five to eight' },
  };

  /** What TESLA ordered goes to X, and arrives there. */
  async function playRedirection(): Promise<void> {
    const screening = { companyId: 'X', ruleset: 'EAR', outcome: 'pass', validUntil: '2024-12-31' };
    await accepted(edge.post('compliance', 'screenings', { ...on('2024-01-03'), ...screening }));
    const tranche = 'orders/PO-1/tranches/T1';
    await accepted(
      edge.post('nvidia-desk', `${tranche}/confirmations`, { ...on('2024-01-10'), promisedDate: '2024-03-01' }),
    );
    const legs = [{ orderId: 'PO-1', trancheId: 'T1', toCompanyId: 'X', toSiteId: 'X-DC' }];
    const proposal = { redirectionId: 'R-1', reason: 'X is ready first', legs };
    await accepted(edge.post('tesla-logistics', 'redirections', { ...on('2024-02-01'), ...proposal }));
    for (const [actor, companyId, day] of [
      ['tesla-cfo', 'TESLA', '2024-02-02'],
      ['x-cfo', 'X', '2024-02-03'],
    ] as const) {
      await accepted(edge.post(actor, 'redirections/R-1/approvals', { ...on(day), companyId }));
    }
    const shipment = { shipmentId: 'S-1', orderId: 'PO-1', trancheId: 'T1', quantity: 10, eta: '2024-03-01' };
    await accepted(edge.post('nvidia-desk', 'shipments', { ...on('2024-02-10'), ...shipment }));
    await accepted(edge.post('x-site', 'shipments/S-1/receipts', { ...on('2024-03-01'), siteId: 'X-DC', counted: 10 }));
    await accepted(edge.post('x-site', 'shipments/S-1/acceptances', { ...on('2024-03-02'), accepted: 10 }));
  }
});
