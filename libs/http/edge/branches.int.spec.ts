import { randomUUID } from 'node:crypto';
import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

const BRANCH = 'what-if';
const AT = { effectiveAt: '2024-01-02' };

describe('branches over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let fork: number;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    base = `/v1/ledgers/${edge.ledger}`;
    fork = await headOf(edge.ledger);
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-2')));
    await accepted(edge.post('tesla-cfo', 'orders/PO-2/approvals', AT));
    await accepted(opened('analyst', { branchId: BRANCH, fromPosition: fork, title: 'Nothing more is ordered' }));
    const promise = { effectiveAt: '2024-01-03', promisedDate: '2024-03-25' };
    await accepted(posted('nvidia-desk', 'orders/PO-1/tranches/T1/confirmations', promise));
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const headOf = async (ledger: string) =>
    Number((await edge.get('auditor', `/v1/ledgers/${ledger}`)).body['headPosition']);
  const opened = async (actor: string, body: object, headers: Record<string, string> = {}) =>
    edge.postText(`${base}/branches`, JSON.stringify(body), { authorization: await edge.bearer(actor), ...headers });
  const posted = async (actor: string, path: string, body: object) =>
    edge.postText(`/v1/ledgers/${BRANCH}/${path}`, JSON.stringify(body), { authorization: await edge.bearer(actor) });
  const positionsOf = async (actor: string, ledger: string, query = '') =>
    (await edge.get(actor, `/v1/ledgers/${ledger}/positions?minPosition=${await headOf(ledger)}${query}`)).body.items;
  const differences = (actor: string, query = '') => edge.get(actor, `${base}/branches/${BRANCH}/differences${query}`);

  it('are listed with where they go on from', async () => {
    const { status, body } = await edge.get('tesla-buyer', `${base}/branches`);
    const branch = {
      ...{ ledger: BRANCH, clock: 'simulated', currency: 'USD', title: 'Nothing more is ordered' },
      ...{ headPosition: fork + 1, branchOf: { ledger: edge.ledger, position: fork } },
    };
    expect([status, body.items]).toEqual([200, [branch]]);
    expect((await edge.get('auditor', `/v1/ledgers/${BRANCH}`)).body).toEqual(branch);
    expect((await edge.get('auditor', base)).body['branchOf']).toBeNull();
    expect((await edge.get('auditor', `/v1/ledgers/${BRANCH}/branches`)).body.items).toEqual([]);
    expect((await edge.get('auditor', '/v1/ledgers/nowhere/branches')).body.code).toBe('LEDGER_UNKNOWN');
  });

  it('go their own way in every answer', async () => {
    expect(await positionsOf('auditor', edge.ledger)).toMatchObject([{ companyId: 'TESLA', open: 20 }]);
    expect(await positionsOf('auditor', BRANCH)).toMatchObject([{ companyId: 'TESLA', open: 10 }]);
    expect(await positionsOf('tesla-buyer', BRANCH)).toMatchObject([{ companyId: 'TESLA', open: 10 }]);
    expect(await positionsOf('x-buyer', BRANCH)).toEqual([]);
    const order = await edge.get('tesla-buyer', `/v1/ledgers/${BRANCH}/orders/PO-1`);
    expect(order.body['events']).toMatchObject([{}, {}, { type: 'TrancheConfirmed', position: fork + 1 }]);
    expect((await edge.get('tesla-buyer', `/v1/ledgers/${BRANCH}/orders/PO-2`)).body.code).toBe('ORDER_UNKNOWN');
    const events = async (after: number) =>
      (await edge.get('auditor', `/v1/ledgers/${BRANCH}/events?after=${after}`)).body;
    // A page ends at the fork.
    const shared = { position: fork, id: `${BRANCH}/${fork}` };
    expect(await events(fork - 1)).toMatchObject({ items: [shared], nextAfter: fork, hasMore: true });
    expect(await events(fork)).toMatchObject({ items: [{ type: 'TrancheConfirmed' }], hasMore: false });
    const asked = `report=positions&figure=open&companyId=TESLA&skuId=H100`;
    const lineage = await edge.get('auditor', `/v1/ledgers/${BRANCH}/lineage?${asked}`);
    expect(lineage.body.items).toMatchObject([{ type: 'OrderApproved', amount: 10 }]);
  });

  it('are compared with what happened, each figure with the events of its side', async () => {
    const { status, body } = await differences('auditor', '?skuId=H100');
    expect([status, body['fromPosition'], body['asOfPosition']]).toEqual([200, fork + 3, fork + 1]);
    expect(body.items).toContainEqual(
      expect.objectContaining({
        ...{ report: 'positions', figure: 'open', companyId: 'TESLA', before: 20, after: 10, delta: -10 },
        events: [{ position: fork + 2, eventId: `${edge.ledger}/${fork + 2}`, amount: -10 }],
      }),
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({
        ...{ figure: 'expectedDate', lineId: 'PO-1/T1', before: '2024-03-01', after: '2024-03-25', delta: 24 },
        events: [{ position: fork + 1, eventId: `${BRANCH}/${fork + 1}`, amount: 24 }],
      }),
    );
    for (const { delta, events, otherAmount } of (body.items ?? []) as unknown as readonly {
      readonly delta: number | null;
      readonly events: readonly { readonly amount: number | null }[];
      readonly otherAmount: number | null;
    }[]) {
      if (delta === null) continue;
      expect([events.reduce((sum, { amount }) => sum + (amount ?? NaN), 0), otherAmount]).toEqual([delta, 0]);
    }
  });

  it('are compared at any moment of either side, page by page, with the eyes of who asks', async () => {
    expect((await differences('auditor', `?from=${fork}&to=${fork}`)).body.items).toEqual([]);
    const earlier = (await differences('auditor', `?from=${fork - 2}&to=${fork}&skuId=H100`)).body;
    expect(earlier.items?.map(({ figure }) => figure)).toContain('open');
    const whole = (await differences('tesla-cfo')).body.items ?? [];
    expect(whole.length).toBeGreaterThan(3);
    const pages: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await differences('tesla-cfo', `?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      pages.push(...(body.items ?? []));
      cursor = body['nextCursor'] as string | null;
    }
    expect(pages).toEqual(whole);
    expect((await differences('x-cfo')).body.items).toEqual([]);
  });

  it('are not found as another ledger’s', async () => {
    const unknown = async (path: string) => (await edge.get('auditor', path)).body.code;
    expect(await unknown(`${base}/branches/nowhere/differences`)).toBe('LEDGER_UNKNOWN');
    expect(await unknown(`${base}/branches/${edge.ledger}/differences`)).toBe('LEDGER_UNKNOWN');
    expect(await unknown(`/v1/ledgers/${BRANCH}/branches/${BRANCH}/differences`)).toBe('LEDGER_UNKNOWN');
    expect(await unknown(`/v1/ledgers/nowhere/branches/${BRANCH}/differences`)).toBe('LEDGER_UNKNOWN');
  });

  it('are opened once, by who may, from a position that is there', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { branchId: 'again', fromPosition: 1 };
    const first = await opened('admin', body, key);
    expect([first.status, first.headers.get('location')]).toEqual([201, '/v1/ledgers/again']);
    const second = await opened('admin', body, key);
    expect([second.status, second.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    const codes = [
      await opened('tesla-cfo', body),
      await opened('admin', body),
      await opened('admin', { ...body, branchId: edge.ledger }),
      await opened('admin', { ...body, branchId: 'late', fromPosition: 10_000 }),
      await opened('admin', { ...body, branchId: 'late', fromPosition: -1 }),
      await edge.postText(`/v1/ledgers/${BRANCH}/branches`, JSON.stringify({ ...body, branchId: 'late' }), {
        authorization: await edge.bearer('admin'),
      }),
    ];
    expect(codes.map((answer) => [answer.status, answer.body.code])).toEqual([
      [403, 'ROLE_REFUSED'],
      [409, 'ALREADY_EXISTS'],
      [409, 'ALREADY_EXISTS'],
      [400, 'POSITION_UNKNOWN'],
      [422, 'VALIDATION_FAILED'],
      [409, 'BRANCH_OF_BRANCH'],
    ]);
  });
});
