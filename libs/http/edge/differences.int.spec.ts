import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

interface Item {
  readonly report: string;
  readonly figure: string;
  readonly companyId: string | null;
  readonly delta: number | null;
  readonly events: readonly { readonly position: number; readonly eventId: string; readonly amount: number | null }[];
  readonly otherAmount: number | null;
}

describe('differences over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let before: number;
  let head: number;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    base = `/v1/ledgers/${edge.ledger}`;
    before = Number((await edge.get('auditor', base)).body['headPosition']);
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-2')));
    await accepted(edge.post('tesla-cfo', 'orders/PO-2/approvals', { effectiveAt: '2024-01-02' }));
    const promise = (promisedDate: string) => ({ effectiveAt: '2024-01-03', promisedDate });
    await accepted(edge.post('nvidia-desk', 'orders/PO-1/tranches/T1/confirmations', promise('2024-03-25')));
    head = Number((await edge.get('auditor', base)).body['headPosition']);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const differences = (actor: string, query = '') =>
    edge.get(actor, `${base}/differences?from=${before}&minPosition=${head}${query}`);
  const itemsOf = async (actor: string, query = '') =>
    (await differences(actor, query)).body.items as unknown as readonly Item[];

  it('tells figures and dates with their events', async () => {
    const { status, body } = await differences('auditor', '&skuId=H100');
    expect([status, body['fromPosition'], body['asOfPosition'], body['hasMore']]).toEqual([200, before, head, false]);
    expect(body['summaries']).toEqual([
      {
        companyId: 'TESLA',
        words: ["TESLA's expected date of PO-1/T1 moved from 2024-03-01 to 2024-03-25 (+24 d)"],
        furtherCount: 0,
      },
    ]);
    const items = (body.items ?? []) as unknown as readonly Item[];
    const found = (report: string, figure: string) =>
      items.filter((item) => item.report === report && item.figure === figure);
    expect(found('positions', 'open')).toMatchObject([{ companyId: 'TESLA', before: 10, after: 20, delta: 10 }]);
    expect(found('delivery-schedule', 'expectedDate')).toMatchObject([
      { lineId: 'PO-1/T1', delta: 24, events: [{ position: head, eventId: `${edge.ledger}/${head}`, amount: 24 }] },
      { lineId: 'PO-2/T1', before: null, after: '2024-03-01', delta: null },
    ]);
  });

  it('tells every delta as the sum of its events, as lineage does', async () => {
    const items = await itemsOf('auditor');
    for (const { delta, events, otherAmount } of items) {
      const sum = events.reduce((all, { amount }) => all + Number(amount), 0);
      if (delta !== null) expect([sum, otherAmount]).toEqual([delta, 0]);
      expect(events.every(({ position }) => position > before && position <= head)).toBe(true);
    }
    const committed = items.find(({ figure }) => figure === 'committedCents');
    expect(committed).toMatchObject({ companyId: 'TESLA', before: 1_000, after: 2_000, delta: 1_000 });
    const path = `${base}/lineage?report=funds&figure=committedCents&companyId=TESLA&minPosition=${head}`;
    const lineage = (await edge.get('auditor', path)).body.items as unknown as Item['events'];
    const later = lineage.filter(({ position }) => position > before);
    expect(committed?.events).toEqual(later.map(({ position, eventId, amount }) => ({ position, eventId, amount })));
  });

  it('shows a company its own as its reports do, and records who looks across', async () => {
    const reads = async () =>
      (await edge.database.pool('waybill_auditor').query('select route, as_of_position from access.reads')).rows;
    const count = (await reads()).length;
    const own = await itemsOf('tesla-cfo');
    expect(own).toEqual(await itemsOf('auditor', '&companyId=TESLA'));
    expect(own.some(({ report }) => report === 'funds') && own.some(({ report }) => report === 'headroom')).toBe(true);
    expect((await differences('x-cfo')).body).toMatchObject({ items: [], summaries: [] });
    expect((await reads()).slice(count)).toEqual([
      { route: 'GET /v1/ledgers/{ledger}/differences', as_of_position: String(head) },
    ]);
  });

  it('takes instants', async () => {
    const span = 'from=2000-01-01T00:00:00Z&to=2999-01-01T00:00:00Z';
    const { status, body } = await edge.get('auditor', `${base}/differences?${span}`);
    expect([status, body['fromPosition'], body['asOfPosition']]).toEqual([200, 0, head]);
  });

  it('refuses moments that are none, or in the wrong order', async () => {
    const asked = async (query: string) => {
      const { status, body } = await edge.get('auditor', `${base}/differences?${query}`);
      return [status, body.code, body.errors?.map(({ pointer }) => pointer)];
    };
    expect(await asked('to=3')).toEqual([400, 'QUERY_INVALID', ['/from']]);
    expect(await asked('from=4&to=3')).toEqual([400, 'QUERY_INVALID', ['/from']]);
    expect(await asked('from=1&to=2024-02-30T00:00:00Z')).toEqual([400, 'QUERY_INVALID', ['/to']]);
    expect((await asked(`from=${head + 1}`))[1]).toBe('POSITION_UNKNOWN');
  });

  it('is told as CSV, a figure as a figure and a date as a date', async () => {
    const headers = { accept: 'text/csv', authorization: await edge.bearer('auditor') };
    const answer = await fetch(`${edge.url}${base}/differences?from=${before}&to=${head}`, { headers });
    expect([answer.headers.get('from-position'), answer.headers.get('as-of-position')]).toEqual([
      String(before),
      String(head),
    ]);
    const rows = (await answer.text()).split('\r\n');
    expect(rows).toContainEqual(
      expect.stringMatching(/^TESLA,delivery-schedule,expectedDate,H100,,,,,PO-1\/T1,,,2024-03-01,2024-03-25,24,/),
    );
    expect(rows).toContainEqual(expect.stringMatching(/^TESLA,headroom,headroom,,TESLA-DC,,,,,,,90,80,-10,/));
  });
});
