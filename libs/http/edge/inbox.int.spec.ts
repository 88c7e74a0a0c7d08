import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

interface Item {
  readonly kind: string;
  readonly thing: string;
  readonly companyId: string;
  readonly units: number;
  readonly ageDays: number;
  readonly path: string;
}

/** TESLA's PO-1 (10 units, promised by nobody) goes to X in a redirection; 6 units are sent and 5 of them come; PO-2 and a budget are asked for. */
describe('the inbox', () => {
  let edge: RunningEdge;
  let position: number;
  const on = (day: string) => ({ effectiveAt: day });

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    const tranche = 'orders/PO-1/tranches/T1';
    await accepted(edge.post('tesla-buyer', 'orders', { ...orderOf('PO-2'), ...on('2024-01-03') }));
    await accepted(
      edge.post('admin', 'policies', { ...on('2024-01-03'), fourEyes: ['ApproveBudget', 'CorrectReceipt'] }),
    );
    const budget = { ...on('2024-01-04'), budgetId: 'B-2', companyId: 'TESLA', limitCents: 1 };
    await accepted(edge.post('tesla-cfo', 'budgets', budget));
    const part = { ...on('2024-01-04'), newTrancheId: 'T1-B', quantity: 4 };
    await accepted(edge.post('tesla-logistics', `${tranche}/splits`, part));
    const shipment = {
      ...on('2024-01-05'),
      shipmentId: 'S-1',
      orderId: 'PO-1',
      trancheId: 'T1',
      quantity: 5,
      eta: '2024-02-01',
    };
    await accepted(edge.post('nvidia-desk', 'shipments', shipment));
    await accepted(
      edge.post('tesla-site', 'shipments/S-1/receipts', { ...on('2024-01-06'), siteId: 'TESLA-DC', counted: 4 }),
    );
    const legs = [{ orderId: 'PO-1', trancheId: 'T1-B', toCompanyId: 'X', toSiteId: 'X-DC' }];
    const redirection = { ...on('2024-01-07'), redirectionId: 'R-1', reason: 'first', legs };
    const last = await accepted(edge.post('tesla-logistics', 'redirections', redirection));
    position = last.body['position'] as number;
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const asked = (actor: string, query = '') =>
    edge.get(actor, `/v1/ledgers/${edge.ledger}/inbox?minPosition=${position}${query}`);
  const items = async (actor: string, query = '') => {
    const { status, body } = await asked(actor, query);
    expect(status).toBe(200);
    return body['items'] as unknown as Item[];
  };
  const waiting = async (actor: string, query = '') =>
    (await items(actor, query)).map(({ kind, thing, companyId, units, ageDays }) => [
      kind,
      thing,
      companyId,
      units,
      ageDays,
    ]);

  const PO_2 = ['order', 'PO-2', 'TESLA', 1, 4];
  const BUDGET = ['request', 'RQ-1', 'TESLA', 1, 3];
  const REST = ['tranche', 'PO-1/T1', 'NVIDIA', 1, 5];
  const PART = ['tranche', 'PO-1/T1-B', 'NVIDIA', 4, 3];
  const DOCK = ['dock', 'S-1', 'TESLA', 1, 1];
  const FOR_TESLA = ['redirection', 'R-1', 'TESLA', 1, 0];
  const FOR_X = ['redirection', 'R-1', 'X', 1, 0];

  it('shows each what they may act on and did not ask for, oldest first', async () => {
    expect(await waiting('tesla-cfo')).toEqual([PO_2, FOR_TESLA]);
    expect(await waiting('tesla-cfo.kim')).toEqual([PO_2, BUDGET, FOR_TESLA]);
    expect(await waiting('tesla-buyer')).toEqual([]);
    expect(await waiting('tesla-buyer.lee')).toEqual([PO_2]);
    expect(await waiting('tesla-logistics')).toEqual([]);
    expect(await waiting('tesla-logistics.lee')).toEqual([FOR_TESLA]);
    expect(await waiting('tesla-site')).toEqual([DOCK]);
    expect(await waiting('nvidia-desk')).toEqual([REST, PART]);
    expect(await waiting('x-cfo')).toEqual([FOR_X]);
    expect(await waiting('x-site')).toEqual([]);
    expect(await waiting('amd-desk')).toEqual([]);
  });

  it('shows who reads the whole group what waits for anybody, and records that', async () => {
    expect(await waiting('auditor')).toEqual([REST, PO_2, BUDGET, PART, DOCK, FOR_TESLA, FOR_X]);
    expect(await waiting('auditor', '&companyId=X')).toEqual([FOR_X]);
    expect(await waiting('auditor', '&kind=request')).toEqual([BUDGET]);
    const reads = await edge.database
      .pool('waybill_auditor')
      .query<{ count: number }>(`select count(*)::int as count from access.reads where route like '%/inbox'`);
    expect(reads.rows[0]?.count).toBe(3);
  });

  it('names the route that acts on each, which is one that there is', async () => {
    const paths = (await items('auditor')).map(({ path }) => path);
    expect(paths).toEqual([
      '/v1/ledgers/house/orders/PO-1/tranches/T1/confirmations',
      '/v1/ledgers/house/orders/PO-2/approvals',
      '/v1/ledgers/house/requests/RQ-1/approvals',
      '/v1/ledgers/house/orders/PO-1/tranches/T1-B/confirmations',
      '/v1/ledgers/house/shipments/S-1/acceptances',
      '/v1/ledgers/house/redirections/R-1/approvals',
      '/v1/ledgers/house/redirections/R-1/approvals',
    ]);
    for (const path of paths) {
      const answer = await edge.postText(path, '{}', { authorization: await edge.bearer('auditor') });
      expect([path, answer.body.code]).toEqual([path, 'ROLE_REFUSED']);
    }
  });

  it('counts ages back from the day asked for', async () => {
    expect((await waiting('x-cfo', '&on=2024-02-07')).map((item) => item.at(-1))).toEqual([31]);
  });

  it('says what waited as of any position, in pages and as CSV', async () => {
    const before = await items('auditor', `&asOf=${position - 1}`);
    expect(before.map(({ thing }) => thing)).toEqual(['PO-1/T1', 'PO-2', 'RQ-1', 'PO-1/T1-B', 'S-1']);
    const first = await asked('auditor', '&limit=3');
    const next = await asked('auditor', `&limit=500&cursor=${String(first.body['nextCursor'])}`);
    expect([...(first.body['items'] as unknown as Item[]), ...(next.body['items'] as unknown as Item[])]).toEqual(
      await items('auditor'),
    );
    const bearer = await edge.bearer('x-cfo');
    const csv = await fetch(`${edge.url}/v1/ledgers/${edge.ledger}/inbox`, {
      headers: { authorization: bearer, accept: 'text/csv' },
    });
    const [head, line] = (await csv.text()).split('\r\n');
    expect(head).toContain('kind,thing,companyId,units');
    expect(line).toContain('redirection,R-1,X,1');
  });

  it('forgets what was done, given up or decided, and counts what is left', async () => {
    const acting: readonly (readonly [actor: string, path: string, body: object])[] = [
      ['tesla-cfo', 'orders/PO-2/rejections', on('2024-01-08')],
      ['tesla-cfo.kim', 'requests/RQ-1/approvals', on('2024-01-08')],
      ['tesla-site', 'shipments/S-1/acceptances', { ...on('2024-01-08'), accepted: 3, rejected: 1 }],
      ['tesla-cfo', 'redirections/R-1/approvals', { ...on('2024-01-08'), companyId: 'TESLA' }],
      ['nvidia-desk', 'orders/PO-1/tranches/T1/confirmations', { ...on('2024-01-08'), promisedDate: '2024-03-01' }],
      ['tesla-buyer', 'orders/PO-1/tranches/T1-B/cancellations', { ...on('2024-01-08'), quantity: 1 }],
    ];
    for (const [actor, path, body] of acting) {
      position = (await accepted(edge.post(actor, path, body))).body['position'] as number;
    }
    const left = [
      ['tranche', 'PO-1/T1-B', 'NVIDIA', 3, 4],
      ['redirection', 'R-1', 'X', 1, 1],
      ['shortfall', 'S-1', 'TESLA', 2, 0],
    ];
    expect(await waiting('auditor')).toEqual(left);
    expect(await waiting('tesla-buyer')).toEqual([left[2]]);
    const correction = { ...on('2024-01-09'), delta: 1, reason: 'found' };
    await accepted(edge.post('tesla-site', 'shipments/S-1/corrections', correction));
    await accepted(edge.post('tesla-site.lee', 'requests/RQ-2/approvals', on('2024-01-09')));
    await accepted(edge.post('x-logistics', 'redirections/R-1/rejections', { ...on('2024-01-09'), companyId: 'X' }));
    const resolved = { ...on('2024-01-09'), quantity: 1, resolution: 'cancel' };
    position = (await accepted(edge.post('tesla-buyer', 'shipments/S-1/shortfall-resolutions', resolved))).body[
      'position'
    ] as number;
    expect(await waiting('auditor')).toEqual([['tranche', 'PO-1/T1-B', 'NVIDIA', 3, 5]]);
  });

  it('has rows that the query role sees for its companies alone, and their changes with them', async () => {
    const query = edge.database.pool('waybill_query');
    const seen = async (companies: string) => {
      const client = await query.connect();
      try {
        await client.query('begin');
        await client.query(`select set_config('waybill.companies', $1, true)`, [companies]);
        const things = await client.query<{ company_id: string }>(
          'select distinct company_id from read.waiting_things order by 1',
        );
        const changes = await client.query<{ thing: string }>(
          'select distinct thing from read.waiting_changes order by 1',
        );
        return [things.rows.map((row) => row.company_id), changes.rows.map((row) => row.thing)];
      } finally {
        await client.query('rollback');
        client.release();
      }
    };
    expect(await seen('')).toEqual([[], []]);
    expect(await seen('X')).toEqual([['X'], ['R-1']]);
    expect(await seen('NVIDIA')).toEqual([['NVIDIA'], ['PO-1/T1', 'PO-1/T1-B']]);
  });
});
