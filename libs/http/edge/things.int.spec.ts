import { RunningEdge, STARTING_MS, type Answer } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

interface ToldEvent {
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly version: number;
  readonly effectiveAt: string;
  readonly facts: object;
}

/** Who gives a command, its path below the thing, its fields. */
type Act = readonly [actor: string, path: string, fields: object];

/**
 * TESLA's PO-1 is in two parts, of which T1-B (4 units) goes to X; of T1 three units are sent as S-1, one of them is split off as S-2.
 * PO-2 is only proposed.
 */
describe('things over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let position: number;
  const on = (day: string) => ({ effectiveAt: day });

  const play = async (actor: string, path: string, body: object) => {
    position = Number((await accepted(edge.post(actor, path, body))).body.position);
  };
  const redirected = async (redirectionId: string, [from, to]: readonly [string, string], leg: object, day: string) => {
    const legs = [{ ...leg, toCompanyId: to, toSiteId: `${to}-DC` }];
    const proposal = { ...on(day), redirectionId, reason: 'sooner there', legs };
    await play(`${from.toLowerCase()}-logistics`, 'redirections', proposal);
    for (const companyId of ['TESLA', 'X']) {
      const approval = { ...on(day), companyId };
      await play(`${companyId.toLowerCase()}-cfo`, `redirections/${redirectionId}/approvals`, approval);
    }
  };

  beforeAll(async () => {
    edge = await RunningEdge.start();
    base = `/v1/ledgers/${edge.ledger}`;
    await playBeginning(edge);
    for (const companyId of ['TESLA', 'X']) {
      const screening = { ...on('2024-01-02'), companyId, ruleset: 'R', outcome: 'pass', validUntil: '2025-01-01' };
      await play('compliance', 'screenings', screening);
    }
    await play('tesla-buyer', 'orders', { ...orderOf('PO-2'), ...on('2024-01-03') });
    const part = { ...on('2024-01-04'), newTrancheId: 'T1-B', quantity: 4 };
    await play('tesla-logistics', 'orders/PO-1/tranches/T1/splits', part);
    await redirected('R-1', ['TESLA', 'X'], { orderId: 'PO-1', trancheId: 'T1-B' }, '2024-01-06');
    const of = { orderId: 'PO-1', trancheId: 'T1', quantity: 3, eta: '2024-02-01' };
    await play('nvidia-desk', 'shipments', { ...on('2024-01-06'), shipmentId: 'S-1', ...of });
    const split = { ...on('2024-01-06'), newShipmentId: 'S-2', quantity: 1 };
    await play('tesla-logistics', 'shipments/S-1/splits', split);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const ask = (actor: string, thing: string, query = '') =>
    edge.get(actor, `${base}/${thing}?minPosition=${position}${query}`);
  const seen = async (actor: string, thing: string, query = '') => {
    const answer = await ask(actor, thing, query);
    expect([thing, answer.status, answer.body.code]).toEqual([thing, 200, undefined]);
    return answer;
  };
  const eventsOf = ({ body }: Answer) => body['events'] as ToldEvent[];
  const typesOf = (answer: Answer) => eventsOf(answer).map(({ type }) => type);
  const refusal = async (actor: string, thing: string, query = '') => {
    const { status, body } = await ask(actor, thing, query);
    return [status, body.code];
  };
  const stated = async (id: string) => {
    const { body } = await ask('x-cfo', 'redirections');
    const items = body['items'] as { readonly redirectionId: string; readonly status: string }[];
    return items.find(({ redirectionId }) => redirectionId === id)?.status;
  };
  const have = async (actor: string, thing: string, ifNoneMatch: string) => {
    const headers = { authorization: await edge.bearer(actor), 'if-none-match': ifNoneMatch };
    return fetch(`${edge.url}${base}/${thing}?minPosition=${position}`, { headers });
  };

  it('tells an order: what it is, and who did what when', async () => {
    const answer = await seen('tesla-buyer', 'orders/PO-1');
    const { events, ...order } = answer.body;
    expect(order).toEqual({
      ...{ orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA', skuId: 'H100', status: 'approved' },
      tranches: [{ trancheId: 'T1', quantity: 10, requestedDate: '2024-03-01', siteId: 'TESLA-DC' }],
      ...{ version: 4, clock: 'simulated', asOfPosition: position, earlierEvents: 0 },
    });
    expect(typesOf(answer)).toEqual(['OrderPlaced', 'OrderApproved', 'TrancheSplit', 'CommitmentRedirected']);
    expect((events as ToldEvent[])[2]).toEqual({
      ...{ position: expect.any(Number), type: 'TrancheSplit', stream: 'order/PO-1', version: 3 },
      ...{ effectiveAt: '2024-01-04', recordedAt: '2024-01-04T00:00:00.000Z' },
      ...{ actor: expect.stringMatching(/^[0-9a-f-]{36}$/), actingFor: 'TESLA' },
      facts: {
        ...{ trancheId: 'T1', newTrancheId: 'T1-B', companyId: 'TESLA', siteId: 'TESLA-DC', quantity: 4 },
        ...{ requestedDate: '2024-03-01', expectedDate: '2024-03-01' },
      },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/cents/i);
  });

  it('tells a shipment, a redirection and a site', async () => {
    expect((await seen('tesla-site', 'shipments/S-1')).body).toMatchObject({
      ...{ shipmentId: 'S-1', orderId: 'PO-1', trancheId: 'T1', orderingCompanyId: 'TESLA', companyId: 'TESLA' },
      ...{ siteId: 'TESLA-DC', status: 'inTransit', shipped: 2, expectedDate: '2024-02-01', version: 2 },
    });
    const redirection = await seen('x-cfo', 'redirections/R-1');
    expect(redirection.body).toMatchObject({
      ...{ redirectionId: 'R-1', reason: 'sooner there', status: 'active', parties: ['TESLA', 'X'] },
      legs: [{ leg: 1, fromCompanyId: 'TESLA', toCompanyId: 'X', quantity: 4 }],
    });
    expect(typesOf(redirection)).toEqual([
      ...['RedirectionProposed', 'RedirectionApproved', 'RedirectionApproved', 'FundsMoved', 'RedirectionActivated'],
    ]);
    expect(eventsOf(redirection)[2]?.facts).toEqual({ redirectionId: 'R-1', companyId: 'X' });
    expect((await seen('x-site', 'sites/X-DC')).body).toMatchObject({
      ...{ siteId: 'X-DC', companyId: 'X', kind: 'datacenter', designUnits: 100, version: 1 },
      events: [{ type: 'SiteRegistered', facts: { usableUnits: 100 } }],
    });
  });

  it('begins a part that was split off with the split, at version 0', async () => {
    const answer = await seen('tesla-site', 'shipments/S-2');
    expect([answer.headers.get('etag'), answer.body['version']]).toEqual(['"v0"', 0]);
    expect(answer.body).toMatchObject({ shipmentId: 'S-2', status: 'inTransit', shipped: 1, siteId: 'TESLA-DC' });
    expect(eventsOf(answer).map(({ type, stream }) => [type, stream])).toEqual([['ShipmentSplit', 'shipment/S-1']]);
  });

  it('answers 304 to who has the version, and the thing to who has another', async () => {
    const tag = (await seen('tesla-buyer', 'orders/PO-1')).headers.get('etag') ?? '';
    expect(tag).toBe('"v4"');
    for (const known of [tag, `W/${tag}`, `"v1", ${tag}`, '*']) {
      const answer = await have('tesla-buyer', 'orders/PO-1', known);
      expect([known, answer.status, await answer.text()]).toEqual([known, 304, '']);
      expect([answer.headers.get('etag'), answer.headers.get('as-of-position')]).toEqual([tag, String(position)]);
    }
    for (const known of ['"v3"', '"v40"', 'v4', '']) {
      expect([known, (await have('tesla-buyer', 'orders/PO-1', known)).status]).toEqual([known, 200]);
    }
    expect((await have('x-site', 'sites/TESLA-DC', '*')).status).toBe(404);
  });

  it('says what was known at a position or an instant', async () => {
    const [placed, approved] = eventsOf(await seen('tesla-buyer', 'orders/PO-1'));
    const before = await seen('tesla-buyer', 'orders/PO-1', `&asOf=${placed?.position}`);
    expect(before.body).toMatchObject({ status: 'proposed', version: 1, asOfPosition: placed?.position });
    expect([before.headers.get('etag'), typesOf(before)]).toEqual(['"v1"', ['OrderPlaced']]);
    expect(await refusal('tesla-buyer', 'orders/PO-1', `&asOf=${(placed?.position ?? 0) - 1}`)).toEqual([
      ...[404, 'ORDER_UNKNOWN'],
    ]);
    const then = await seen('tesla-buyer', 'orders/PO-1', '&asOf=2024-01-04T00:00:00Z');
    expect(typesOf(then)).toEqual(['OrderPlaced', 'OrderApproved', 'TrancheSplit']);
    expect(await refusal('nvidia-desk', 'orders/PO-1', `&asOf=${placed?.position}`)).toEqual([404, 'ORDER_UNKNOWN']);
    expect((await seen('nvidia-desk', 'orders/PO-1', `&asOf=${approved?.position}`)).body['version']).toBe(2);
    expect(await refusal('tesla-buyer', 'orders/PO-1', `&asOf=${position + 1000}`)).toEqual([400, 'POSITION_UNKNOWN']);
  });

  it('shows what is foreign like what is missing', async () => {
    const strip = ({ status, body }: Answer, id: string) =>
      JSON.parse(JSON.stringify([status, { ...body, traceId: '' }]).replaceAll(id, 'ID')) as unknown;
    for (const [actor, list, id, code] of [
      ['x-buyer', 'orders', 'PO-2', 'ORDER_UNKNOWN'],
      ['nvidia-desk', 'orders', 'PO-2', 'ORDER_UNKNOWN'],
      ['amd-desk', 'orders', 'PO-1', 'ORDER_UNKNOWN'],
      ['x-site', 'shipments', 'S-1', 'SHIPMENT_UNKNOWN'],
      ['x-site', 'shipments', 'S-2', 'SHIPMENT_UNKNOWN'],
      ['amd-buyer', 'redirections', 'R-1', 'REDIRECTION_UNKNOWN'],
      ['x-site', 'sites', 'TESLA-DC', 'SITE_UNKNOWN'],
    ] as const) {
      const foreign = await ask(actor, `${list}/${id}`);
      expect([actor, list, foreign.status, foreign.body.code]).toEqual([actor, list, 404, code]);
      expect(strip(foreign, id)).toEqual(strip(await ask(actor, `${list}/ZZ-9`), 'ZZ-9'));
    }
    expect(await refusal('auditor', 'shipments/ZZ-9')).toEqual([404, 'SHIPMENT_UNKNOWN']);
    expect(await refusal('nvidia-desk', 'sites/TESLA-DC')).toEqual([403, 'ROLE_REFUSED']);
    expect(await refusal('admin', 'orders/PO-1')).toEqual([403, 'ROLE_REFUSED']);
  });

  it('shows who has a part of an order that part alone, and its version', async () => {
    const answer = await seen('x-logistics', 'orders/PO-1');
    expect(answer.body).toMatchObject({ companyId: 'TESLA', status: 'approved', tranches: [], version: 4 });
    expect(typesOf(answer)).toEqual(['CommitmentRedirected']);
    expect((await seen('nvidia-desk', 'orders/PO-1')).body).toEqual((await seen('auditor', 'orders/PO-1')).body);
  });

  it('records who looks across companies', async () => {
    const reads = async () => {
      const { rows } = await edge.database
        .pool('waybill_auditor')
        .query<{ route: string; position: string }>(
          `select route, as_of_position as position from access.reads where route like '%}' order by read_at desc`,
        );
      return rows;
    };
    const before = (await reads()).length;
    await seen('compliance', 'sites/X-DC');
    await seen('x-site', 'sites/X-DC');
    expect((await have('compliance', 'sites/X-DC', '*')).status).toBe(304);
    const after = await reads();
    expect(after).toHaveLength(before + 2);
    expect(after[0]).toEqual({ route: 'GET /v1/ledgers/{ledger}/sites/{siteId}', position: String(position) });
  });

  const split = (newTrancheId: string) => ({ newTrancheId, quantity: 1 });
  const notice = (usableUnits: number) => ({ usableUnits, from: '2024-02-01', cause: 'power' });
  const HOLD = ['tesla-logistics', 'holds', { reason: 'a strike' }] as const;
  const RELEASE = ['tesla-logistics', 'releases', {}] as const;

  /** Who looks, and two commands of those that may be given. */
  const CHANGES: readonly (readonly [thing: string, reader: string, first: Act, second: Act])[] = [
    [
      ...(['orders/PO-1', 'x-logistics'] as const),
      ['tesla-logistics', 'tranches/T1/splits', split('T1-C')],
      ['x-logistics', 'tranches/T1-B/splits', split('T1-D')],
    ],
    ['shipments/S-1', 'tesla-site', HOLD, RELEASE],
    ['shipments/S-2', 'tesla-site', HOLD, RELEASE],
    [
      ...(['redirections/R-2', 'x-cfo'] as const),
      ['tesla-cfo', 'approvals', { companyId: 'TESLA' }],
      ['x-logistics', 'withdrawals', {}],
    ],
    [
      ...(['sites/X-DC', 'x-site'] as const),
      ['x-site', 'capacity-notices', notice(90)],
      ['x-site', 'capacity-notices', notice(80)],
    ],
  ];

  it.each(CHANGES)('has the ETag of %s that a command must name', async (thing, reader, first, second) => {
    if (thing === 'redirections/R-2') {
      const legs = [{ orderId: 'PO-1', trancheId: 'T1-B', toCompanyId: 'TESLA', toSiteId: 'TESLA-DC' }];
      await play('x-logistics', 'redirections', { ...on('2024-01-08'), redirectionId: 'R-2', reason: 'back', legs });
    }
    const act = ([actor, path, fields]: Act, ifMatch: string) =>
      edge.post(actor, `${thing}/${path}`, { ...on('2024-01-08'), ...fields }, { 'if-match': ifMatch });
    const old = (await seen(reader, thing)).headers.get('etag') ?? '';
    position = Number((await accepted(act(first, old))).body.position);
    const stale = await act(second, old);
    expect([stale.status, stale.body.code]).toEqual([412, 'VERSION_STALE']);
    const now = await seen(reader, thing);
    const { version, changes } = stale.body['fields'] as { version: number; changes: ToldEvent[] };
    const [last] = eventsOf(await seen('auditor', thing)).slice(-1);
    const { position: at, type, stream, version: lastVersion, effectiveAt } = last as ToldEvent;
    expect(changes).toEqual([{ position: at, type, stream, version: lastVersion, effectiveAt }]);
    expect([`"v${version}"`, version]).toEqual([now.headers.get('etag'), now.body['version']]);
    position = Number((await accepted(act(second, now.headers.get('etag') ?? ''))).body.position);
  });

  it('shows a shipment to a company while it is theirs, and what named them', async () => {
    await redirected('R-3', ['TESLA', 'X'], { shipmentId: 'S-2' }, '2024-01-09');
    const theirs = await seen('x-site', 'shipments/S-2');
    expect(theirs.body).toMatchObject({ companyId: 'X', siteId: 'X-DC', orderingCompanyId: 'TESLA' });
    expect(typesOf(theirs)).toEqual(['ShipmentRedirected']);
    expect(typesOf(await seen('tesla-buyer', 'shipments/S-2'))).toEqual([
      ...['ShipmentSplit', 'ShipmentHeld', 'ShipmentReleased', 'ShipmentRedirected'],
    ]);
    await redirected('R-4', ['X', 'TESLA'], { shipmentId: 'S-2' }, '2024-01-09');
    expect(await refusal('x-site', 'shipments/S-2')).toEqual([404, 'SHIPMENT_UNKNOWN']);
    expect((await seen('tesla-site', 'shipments/S-2')).body).toMatchObject({ companyId: 'TESLA', siteId: 'TESLA-DC' });
  });

  it('says of a redirection what its statement says, also to who has its version', async () => {
    const told = async (id: string) => [(await seen('x-cfo', `redirections/${id}`)).body['status'], await stated(id)];
    expect(await told('R-3')).toEqual(['delivered', 'delivered']);
    expect(typesOf(await seen('x-cfo', 'redirections/R-3'))).not.toContain('RedirectionLegDelivered');
    expect(await told('R-4')).toEqual(['active', 'active']);
    await play('tesla-site', 'shipments/S-2/receipts', { ...on('2024-01-10'), siteId: 'TESLA-DC', counted: 1 });
    await play('tesla-site', 'shipments/S-2/acceptances', { ...on('2024-01-10'), accepted: 1 });
    expect(await told('R-4')).toEqual(['delivered', 'delivered']);
    const tag = (await seen('x-cfo', 'redirections/R-4')).headers.get('etag') ?? '';
    await play('tesla-site', 'shipments/S-2/corrections', { ...on('2024-01-11'), delta: -1, reason: 'an empty box' });
    expect(await told('R-4')).toEqual(['active', 'active']);
    const again = await have('x-cfo', 'redirections/R-4', tag);
    expect([again.status, again.headers.get('etag')]).toEqual([200, tag]);
  });

  it(
    'tells the last two hundred events, and how many came before',
    async () => {
      for (let n = 0; n < 205; n += 1) {
        const change = { ...on('2024-01-09'), from: '2024-03-01', usableUnits: n % 2 === 0 ? 60 : 70 };
        if (n % 2 === 0) await play('x-site', 'sites/X-DC/capacity-notices', { ...change, cause: 'power' });
        else await play('x-site', 'sites/X-DC/capacity-restorations', change);
      }
      const { body, headers } = await seen('x-site', 'sites/X-DC');
      const versions = (body['events'] as ToldEvent[]).map(({ version }) => version);
      expect(versions).toEqual(Array.from({ length: 200 }, (_, index) => index + 9));
      expect([body['earlierEvents'], headers.get('etag'), body['designUnits']]).toEqual([8, '"v208"', 100]);
    },
    STARTING_MS,
  );
});
