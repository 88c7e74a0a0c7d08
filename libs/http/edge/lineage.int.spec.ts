import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { playBeginning } from './story.fixture.spec.ts';

interface Item {
  readonly position: number;
  readonly amount: number;
}

describe('lineage over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let head: number;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    base = `/v1/ledgers/${edge.ledger}`;
    head = Number((await edge.get('auditor', base)).body['headPosition']);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const lineage = (actor: string, query: string) => edge.get(actor, `${base}/lineage?${query}&minPosition=${head}`);

  it('names each event of every bucket with its type, and sums to the figure', async () => {
    const { body } = await edge.get('auditor', `${base}/positions?minPosition=${head}`);
    const figures = (body.items ?? []).flatMap(({ companyId, skuId, ...buckets }) =>
      Object.entries(buckets).map(([figure, units]) => ({ companyId, skuId, figure, units })),
    );
    expect(figures.some(({ units }) => Number(units) > 0)).toBe(true);
    for (const { companyId, skuId, figure, units } of figures) {
      const query = `report=positions&figure=${figure}&companyId=${String(companyId)}&skuId=${String(skuId)}`;
      const answer = await lineage('auditor', query);
      expect(answer).toMatchObject({
        status: 200,
        body: { report: 'positions', figure, total: units, hasMore: false },
      });
      const items = answer.body.items as unknown as readonly Item[];
      expect(items.reduce((sum, { amount }) => sum + amount, 0)).toBe(units);
    }
    const { body: events } = await edge.get('auditor', `${base}/events`);
    const known = new Map((events.items ?? []).map(({ id, type, subject }) => [id, { type, subject }]));
    const { body: open } = await lineage('auditor', 'report=positions&figure=open&companyId=TESLA&skuId=H100');
    for (const { eventId, type, stream } of open.items ?? [])
      expect(known.get(eventId)).toEqual({ type, subject: stream });
    expect(open.items?.length).toBeGreaterThan(0);
  });

  it('goes on page by page, bound to the figure', async () => {
    const query = 'report=funds&figure=headroomCents&companyId=TESLA';
    const { body: whole } = await lineage('auditor', query);
    expect(whole.items?.length).toBeGreaterThan(1);
    const items: unknown[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page = await lineage('auditor', `${query}&limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.body['total']).toBe(whole['total']);
      items.push(...(page.body.items ?? []));
      if (cursor === '') expect(page.headers.get('link')).toContain('rel="next"');
      cursor = page.body['nextCursor'] as string | null;
    }
    expect(items).toEqual(whole.items);
    const { body: first } = await lineage('auditor', `${query}&limit=1`);
    const other = query.replace('headroomCents', 'limitCents');
    const refused = await lineage('auditor', `${other}&limit=1&cursor=${String(first['nextCursor'])}`);
    expect(refused).toMatchObject({ status: 400, body: { code: 'CURSOR_INVALID' } });
  });

  it('shows a company nothing of another', async () => {
    const query = 'report=funds&figure=limitCents&companyId=TESLA';
    expect((await lineage('tesla-buyer', query)).body.items?.length).toBeGreaterThan(0);
    expect((await lineage('x-buyer', query)).body).toMatchObject({ items: [], total: 0 });
    const site = 'report=site-load&figure=usableUnits&siteId=TESLA-DC&day=2024-06-01';
    expect((await lineage('tesla-site', site)).body.items?.length).toBeGreaterThan(0);
    expect((await lineage('x-buyer', site)).body).toMatchObject({ items: [], total: 0 });
  });

  it.each([
    ['report=funds&figure=open&companyId=TESLA', '/figure'],
    ['report=positions&figure=open&companyId=TESLA', '/skuId'],
    ['report=funds&figure=limitCents&companyId=TESLA&siteId=TESLA-DC', '/siteId'],
    ['report=idleness&figure=unitDays&siteId=TESLA-DC&until=2024-06-01&validAt=2024-05-01', '/validAt'],
    ['report=delivery-schedule&figure=causes&lineId=PO-1/T1', '/cause'],
    ['report=weather&figure=open', '/report'],
  ])('refuses %s, which names no figure', async (query, pointer) => {
    const { status, body } = await lineage('auditor', query);
    expect([status, body.code]).toEqual([400, 'QUERY_INVALID']);
    expect(body.errors?.map((each) => each.pointer)).toContain(pointer);
  });

  it('is told as CSV', async () => {
    const token = (await edge.issuer.token('auditor'))?.access_token ?? '';
    const path = `${edge.url}${base}/lineage?report=funds&figure=limitCents&companyId=TESLA`;
    const answer = await fetch(path, { headers: { accept: 'text/csv', authorization: `Bearer ${token}` } });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toMatch(
      /^position,eventId,type,stream,effectiveAt,amount\r\n\d+,house\/\d+,BudgetApproved,/,
    );
  });
});
