import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

describe('reads over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let head: number;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    base = `/v1/ledgers/${edge.ledger}`;
    for (const order of ['PO-2', 'PO-3']) {
      await accepted(edge.post('tesla-buyer', 'orders', orderOf(order)));
      await accepted(edge.post('tesla-cfo', `orders/${order}/approvals`, { effectiveAt: '2024-01-02' }));
    }
    head = Number((await edge.get('auditor', base)).body['headPosition']);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const positions = (actor: string, query = '') => edge.get(actor, `${base}/positions?minPosition=${head}${query}`);

  it('shows what a command made as soon as its position is waited for', async () => {
    const order = await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-4')));
    const approval = await accepted(edge.post('tesla-cfo', 'orders/PO-4/approvals', { effectiveAt: '2024-01-02' }));
    head = Number(approval.body.position);
    const { body } = await positions('auditor');
    expect(body.asOfPosition).toBe(head);
    expect(body['clock']).toBe('simulated');
    expect(body.items).toEqual([
      expect.objectContaining({ companyId: 'TESLA', skuId: 'H100', open: 40, inTransit: 0 }),
    ]);
    const earlier = await edge.get('auditor', `${base}/positions?asOf=${order.body.position}`);
    expect([earlier.body.asOfPosition, earlier.body.items?.[0]?.['open']]).toEqual([order.body.position, 30]);
  });

  it('tells a report as CSV or Parquet, as Accept prefers, with what stands beside the rows in headers', async () => {
    const asked = (accept: string) =>
      edge
        .bearer('auditor')
        .then((authorization) =>
          fetch(`${edge.url}${base}/funds?asOf=${head}&validAt=2024-01-02`, { headers: { accept, authorization } }),
        );
    const csv = await asked('application/json;q=0.5, text/csv');
    expect([csv.status, csv.headers.get('content-type'), csv.headers.get('as-of-position')]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      String(head),
    ]);
    expect(csv.headers.get('valid-at')).toBe('2024-01-02');
    expect(await csv.text()).toBe(
      'companyId,limitCents,committedCents,consumedCents,headroomCents\r\nTESLA,1000000,4000,0,996000\r\nX,1000000,0,0,1000000\r\n',
    );
    const parquet = await asked('application/vnd.apache.parquet');
    expect(parquet.headers.get('content-type')).toBe('application/vnd.apache.parquet');
    expect(
      Buffer.from(await parquet.arrayBuffer())
        .subarray(0, 4)
        .toString(),
    ).toBe('PAR1');
    const page = await asked('text/html');
    expect([page.status, ((await page.json()) as { code: string }).code]).toEqual([406, 'NOT_ACCEPTABLE']);
    expect((await asked('*/*')).headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('shows companies their own rows, the supplier its lines, the auditor all', async () => {
    expect((await positions('tesla-buyer')).body.items).toHaveLength(1);
    expect((await positions('x-buyer')).body.items).toEqual([]);
    expect((await positions('nobody-buyer')).body.items).toEqual([]);
    const lines = async (actor: string) =>
      (await edge.get(actor, `${base}/delivery-schedule?minPosition=${head}`)).body.items?.length;
    expect([
      await lines('nvidia-desk'),
      await lines('amd-desk'),
      await lines('x-buyer'),
      await lines('auditor'),
    ]).toEqual([4, 0, 0, 4]);
  });

  it('answers 503 with Retry-After when the position is not reached in time', async () => {
    const late = await edge.get('auditor', `${base}/positions?minPosition=${head + 1000}`);
    expect([late.status, late.body.code, late.headers.get('retry-after')]).toEqual([503, 'POSITION_NOT_REACHED', '1']);
  }, 15_000);

  it('pages the schedule at one position, with a cursor that fits nothing else', async () => {
    const at = `${base}/delivery-schedule?limit=3`;
    const first = (await edge.get('auditor', `${at}&minPosition=${head}`)).body;
    expect([first.items?.length, first['hasMore']]).toEqual([3, true]);
    const cursor = encodeURIComponent(String(first['nextCursor']));
    const second = await edge.get('auditor', `${at}&cursor=${cursor}`);
    expect([
      second.body.items?.length,
      second.body['hasMore'],
      second.body['nextCursor'],
      second.body.asOfPosition,
    ]).toEqual([1, false, null, first.asOfPosition]);
    for (const [actor, query] of [
      ['auditor', '&skuId=H100'],
      ['auditor', `&asOf=${head}`],
      ['tesla-buyer', ''],
      ['auditor', '&validAt=2024-01-02'],
    ] as const) {
      const foreign = await edge.get(actor, `${at}&cursor=${cursor}${query}`);
      expect([foreign.status, foreign.body.code]).toEqual([400, 'CURSOR_INVALID']);
    }
  });

  it('links to the next page', async () => {
    const { headers } = await edge.get('auditor', `${base}/delivery-schedule?limit=1&minPosition=${head}`);
    const link = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? '';
    expect((await edge.get('auditor', link)).body.items).toHaveLength(1);
  });

  it('gives events as CloudEvents, in order, by type, from any position', async () => {
    const all = (await edge.get('auditor', `${base}/events`)).body;
    expect(all.items?.map((event) => event['position'])).toEqual(Array.from({ length: head }, (_, index) => index + 1));
    expect([all['hasMore'], all['headPosition'], all['nextAfter']]).toEqual([false, head, head]);
    const page = (await edge.get('auditor', `${base}/events?after=2&limit=2`)).body;
    expect([page.items?.map((event) => event['position']), page['hasMore'], page['nextAfter']]).toEqual([
      [3, 4],
      true,
      4,
    ]);
    const placed = (await edge.get('auditor', `${base}/events?type=OrderPlaced&limit=2`)).body;
    expect(placed.items?.map((event) => [event['type'], event['specversion'], event['source']])).toEqual([
      ['OrderPlaced', '1.0', '/ledgers/house'],
      ['OrderPlaced', '1.0', '/ledgers/house'],
    ]);
    const rest = (await edge.get('auditor', `${base}/events?type=OrderPlaced&after=${placed['nextAfter'] as number}`))
      .body;
    expect([rest.items?.length, rest['hasMore']]).toEqual([2, false]);
  });

  it('gives the events of a stream, an actor and a correlation, and of all of these at once', async () => {
    const all = (await edge.get('auditor', `${base}/events`)).body.items ?? [];
    const [one] = all.filter((event) => event['type'] === 'OrderApproved');
    const asked = async (query: Record<string, unknown>) =>
      (await edge.get('auditor', `${base}/events?${new URLSearchParams(query as Record<string, string>)}`)).body.items;
    const having = (field: string) => all.filter((event) => event[field] === one?.[field]);
    expect(await asked({ stream: one?.['subject'] })).toEqual(having('subject'));
    expect(await asked({ actor: one?.['actor'] })).toEqual(having('actor'));
    expect(await asked({ correlationId: one?.['correlationid'] })).toEqual(having('correlationid'));
    expect(having('actor').length).toBeLessThan(all.length);
    expect(await asked({ stream: one?.['subject'], actor: one?.['actor'], type: 'OrderApproved' })).toEqual([one]);
    expect(await asked({ stream: 'order/NONE' })).toEqual([]);
    expect((await edge.get('auditor', `${base}/events?stream=none`)).status).toBe(400);
  });

  it('has the schema of each event where the event says, of past versions too, for everybody', async () => {
    const { items } = (await edge.get('auditor', `${base}/events?type=OrderPlaced&limit=1`)).body;
    expect(items?.[0]?.['dataschema']).toBe('/schemas/OrderPlaced.v1.json#/properties/data');
    const schemaOf = (name: string) => fetch(`${edge.url}/schemas/${name}`);
    const placed = await schemaOf('OrderPlaced.v1.json');
    expect(placed.headers.get('content-type')).toMatch(/^application\/schema\+json/);
    const properties = { data: { properties: { tranches: { type: 'array' } } } };
    expect(await placed.json()).toMatchObject({ $id: '/schemas/OrderPlaced.v1.json', properties });
    const answers = await Promise.all([1, 2, 3].map((version) => schemaOf(`PublicClaimRecorded.v${version}.json`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(await answers[2]?.json()).toMatchObject({ code: 'ROUTE_UNKNOWN' });
  });

  it('resolves an instant against the ledger', async () => {
    const before = await edge.get('auditor', `${base}/positions?asOf=2000-01-01T00:00:00Z`);
    expect([before.body.asOfPosition, before.body.items]).toEqual([0, []]);
    const after = await edge.get('auditor', `${base}/positions?asOf=2024-01-03T00:00:00Z`);
    expect(after.body.asOfPosition).toBe(head);
  });

  it('knows no ledger that is not there', async () => {
    for (const path of ['', '/positions', '/delivery-schedule', '/events']) {
      const answer = await edge.get('auditor', `/v1/ledgers/nowhere${path}`);
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'LEDGER_UNKNOWN']);
    }
  });

  it('keeps who looked across companies, and nobody else', async () => {
    const count = async () => {
      const { rows } = await edge.database
        .pool('waybill_auditor')
        .query<{ route: string; as_of_position: string }>(
          'select route, as_of_position from access.reads order by access_position',
        );
      return rows;
    };
    const before = (await count()).length;
    await positions('tesla-buyer');
    expect(await count()).toHaveLength(before);
    await positions('compliance');
    expect((await count()).slice(before)).toEqual([
      { route: 'GET /v1/ledgers/{ledger}/positions', as_of_position: String(head) },
    ]);
  });

  it('counts what controls refused, allowed and recorded', async () => {
    const controls = async (query = '') => (await edge.get('auditor', `${base}/controls${query}`)).body;
    const own = { effectiveAt: '2024-01-02' };
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-OWN')));
    const before = (await edge.get('auditor', base)).body['headPosition'];
    for (let time = 0; time < 2; time++) await edge.post('tesla-buyer', 'orders/PO-OWN/approvals', own);
    const overload = { ...own, overrideId: 'OV-1', units: 7, until: '2024-06-30', reason: 'a trial' };
    const allowed = await accepted(edge.post('tesla-cfo', 'sites/TESLA-DC/overloads', overload));
    const after = `?minPosition=${allowed.body.position}`;
    const { items = [], accessPosition } = await controls(after);
    expect(items).toContainEqual(
      expect.objectContaining({ control: 'selfApproval', subject: 'SELF_APPROVAL', command: 'ApproveOrder', count: 2 }),
    );
    expect(items).toContainEqual(
      expect.objectContaining({
        control: 'overload',
        subject: 'OV-1',
        siteId: 'TESLA-DC',
        allowedUnits: 7,
        usedUnits: 0,
      }),
    );
    const reads = items.filter(({ control }) => control === 'crossCompanyRead').map(({ subject }) => subject);
    expect(reads).toContain('GET /v1/ledgers/{ledger}/positions');
    const earlier = await controls(`?asOf=${String(before)}&accessPosition=${String(accessPosition)}`);
    expect(earlier.items?.filter(({ control }) => control !== 'crossCompanyRead')).toEqual([]);
    expect(await controls(`?asOf=${String(before)}&accessPosition=${String(accessPosition)}`)).toEqual(earlier);
    expect((await edge.get('tesla-cfo', `${base}/controls`)).body.code).toBe('ROLE_REFUSED');
  });

  it('finds controls by kind, code, command, actor and day, and turns their pages on one look', async () => {
    const controls = async (query: string) => (await edge.get('auditor', `${base}/controls?${query}`)).body;
    const all = (await controls('')).items ?? [];
    const [own] = all.filter(({ control }) => control === 'selfApproval');
    const [read] = all.filter(({ control }) => control === 'crossCompanyRead');
    const having = (fields: Partial<Record<string, unknown>>) =>
      all.filter((item) => Object.entries(fields).every(([field, value]) => item[field] === value));
    const refused = { subject: 'SELF_APPROVAL', command: 'ApproveOrder', actor: own?.['actor'] };
    for (const [query, fields] of [
      ['control=selfApproval', { control: 'selfApproval' }],
      ['control=overload', { control: 'overload' }],
      ['command=AllowOverload', { command: 'AllowOverload' }],
      [`code=SELF_APPROVAL&command=ApproveOrder&actor=${String(own?.['actor'])}`, refused],
      ['code=SELF_APPROVAL', { subject: 'SELF_APPROVAL' }],
      ['control=rejection&code=SELF_APPROVAL', { control: 'none' }],
      ['control=crossCompanyRead&code=SELF_APPROVAL', { control: 'none' }],
    ] as const)
      expect([query, (await controls(query)).items]).toEqual([query, having(fields)]);
    const reads = (await controls(`control=crossCompanyRead&actor=${String(read?.['actor'])}`)).items ?? [];
    expect(reads.map(({ subject }) => subject)).toEqual(
      having({ control: 'crossCompanyRead', actor: read?.['actor'] }).map(({ subject }) => subject),
    );
    const days = async (query: string) => (await controls(`control=selfApproval&${query}`)).items?.length;
    const [day = ''] = String(own?.['lastAt']).split('T');
    expect([
      await days(`from=${day}&until=${day}`),
      await days('until=2024-01-01'),
      await days('from=2024-01-03'),
    ]).toEqual([1, 0, 0]);
    const overload = async (query: string) => (await controls(`control=overload&${query}`)).items?.length;
    expect([
      await overload('from=2024-06-30'),
      await overload('from=2024-07-01'),
      await overload('until=2024-01-01'),
    ]).toEqual([1, 0, 0]);

    const pages = [await controls('limit=1')];
    while (pages.at(-1)?.['hasMore'] === true && pages.length < 50)
      pages.push(await controls(`limit=1&cursor=${pages.at(-1)?.['nextCursor'] as string}`));
    const { accessPosition } = pages[0] ?? {};
    expect(new Set(pages.map((page) => page['accessPosition']))).toEqual(new Set([accessPosition]));
    const whole = await controls(`accessPosition=${String(accessPosition)}`);
    expect(pages.flatMap(({ items = [] }) => items)).toEqual(whole.items);
    expect(pages.length).toBeGreaterThan(5);
  });

  it('gives the events recorded from one instant until another, to the millisecond', async () => {
    const late = await accepted(edge.post('tesla-buyer', 'orders', { ...orderOf('PO-5'), effectiveAt: '2024-01-09' }));
    head = Number(late.body.position);
    const all = (await edge.get('auditor', `${base}/events`)).body.items ?? [];
    const at = (index: number) => Date.parse(String(all[index]?.['time']));
    const first = all.findIndex((event, index) => index > 0 && Date.parse(String(event['time'])) > at(0));
    const between = async (fromMs: number, untilMs: number, more = '') => {
      const [from, until] = [new Date(fromMs).toISOString(), new Date(untilMs).toISOString()];
      const query = `recordedFrom=${from}&recordedUntil=${until}${more}`;
      return (await edge.get('auditor', `${base}/events?${query}`)).body;
    };
    const later = await between(at(first), at(all.length - 1));
    expect([later.items, later['hasMore']]).toEqual([all.slice(first), false]);
    expect((await between(at(0), at(first) - 1)).items).toEqual(all.slice(0, first));
    expect((await between(at(0) - 2, at(0) - 1)).items).toEqual([]);
    const [one, two] = [
      await between(at(0), at(first) - 1, '&limit=1'),
      await between(at(0), at(first) - 1, '&after=1'),
    ];
    expect([one.items, one['nextAfter'], two.items]).toEqual([all.slice(0, 1), 1, all.slice(1, first)]);
    const never = await edge.get('auditor', `${base}/events?recordedFrom=2024-02-30T00:00:00Z`);
    expect([never.status, never.body.errors?.[0]?.pointer]).toEqual([400, '/recordedFrom']);
  });

  it('gives events a line each where Accept prefers NDJSON, with what stands beside them in headers', async () => {
    const authorization = await edge.bearer('auditor');
    const asked = (accept: string) =>
      fetch(`${edge.url}${base}/events?limit=3`, { headers: { accept, authorization } });
    const answer = await asked('application/x-ndjson, application/json;q=0.1');
    const header = (name: string) => answer.headers.get(name);
    expect([header('content-type'), header('next-after'), header('head-position'), header('has-more')]).toEqual([
      'application/x-ndjson; charset=utf-8',
      '3',
      String(head),
      'true',
    ]);
    const lines = (await answer.text()).split('\n');
    const page = (await edge.get('auditor', `${base}/events?limit=3`)).body;
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(page.items);
    expect((await asked('text/html')).status).toBe(406);
  });
});
