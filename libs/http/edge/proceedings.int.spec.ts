import { RunningEdge, STARTING_MS, type Answer } from './running-edge.fixture.spec.ts';
import { accepted, playBeginning } from './story.fixture.spec.ts';

interface ToldEvent {
  readonly position: number;
  readonly type: string;
}

/**
 * AM-1 makes TESLA's PO-1 cost more, AM-2 does not; of shipment S-1 two units of three were rejected and go back as RT-1; a budget of X is
 * only asked for as RQ-1.
 */
describe('an amendment, a return and a request over HTTP', () => {
  let edge: RunningEdge;
  let base: string;
  let position: number;
  const AT = { effectiveAt: '2024-01-05' };
  const NEW = { trancheId: 'T2', quantity: 2, unitPriceCents: 100, requestedDate: '2024-04-01', siteId: 'TESLA-DC' };
  const BUDGET = { budgetId: 'X-25', companyId: 'X', limitCents: 77 };

  const play = async (actor: string, path: string, body: object = {}) => {
    position = Number((await accepted(edge.post(actor, path, { ...AT, ...body }))).body.position);
  };

  beforeAll(async () => {
    edge = await RunningEdge.start();
    base = `/v1/ledgers/${edge.ledger}`;
    await playBeginning(edge);
    const amendment = { orderId: 'PO-1', reason: 'two more', changes: [] };
    await play('tesla-buyer', 'amendments', { ...amendment, amendmentId: 'AM-1', newTranches: [NEW] });
    const later = [{ trancheId: 'T1', requestedDate: '2024-03-09' }];
    await play('tesla-buyer', 'amendments', { ...amendment, amendmentId: 'AM-2', changes: later });
    const of = { orderId: 'PO-1', trancheId: 'T1', quantity: 3, eta: '2024-02-01' };
    await play('nvidia-desk', 'shipments', { shipmentId: 'S-1', ...of });
    await play('tesla-site', 'shipments/S-1/receipts', { siteId: 'TESLA-DC', counted: 3 });
    await play('tesla-site', 'shipments/S-1/acceptances', { accepted: 1, rejected: 2 });
    await play('tesla-site', 'returns', { returnId: 'RT-1', shipmentId: 'S-1', quantity: 2, reason: 'rejected' });
    await play('admin', 'policies', { fourEyes: ['ApproveBudget'] });
    await play('x-cfo', 'budgets', BUDGET);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const ask = (actor: string, thing: string, query = '') =>
    edge.get(actor, `${base}/${thing}?minPosition=${position}${query}`);
  const seen = async (actor: string, thing: string, query = '') => {
    const answer = await ask(actor, thing, query);
    expect([actor, thing, answer.status, answer.body.code]).toEqual([actor, thing, 200, undefined]);
    return answer.body;
  };
  const standing = (version: number) => ({ version, clock: 'simulated', asOfPosition: position, earlierEvents: 0 });
  const typesOf = (body: Answer['body']) => (body['events'] as ToldEvent[]).map(({ type }) => type);

  it('tell what they are, without prices where two companies look', async () => {
    const { events, ...amendment } = await seen('tesla-buyer', 'amendments/AM-1');
    const { unitPriceCents: _, ...tranche } = NEW;
    expect(amendment).toEqual({
      ...{ amendmentId: 'AM-1', orderId: 'PO-1', companyId: 'TESLA', supplierId: 'NVIDIA', reason: 'two more' },
      ...{ status: 'proposed', changes: [], newTranches: [tranche], ...standing(1) },
    });
    expect((events as ToldEvent[]).map(({ type }) => type)).toEqual(['AmendmentProposed']);
    expect(await seen('nvidia-desk', 'amendments/AM-2')).toMatchObject({
      status: 'approved',
      changes: [
        {
          ...{ trancheId: 'T1', quantity: 10, previousQuantity: 10 },
          ...{ requestedDate: '2024-03-09', previousRequestedDate: '2024-03-01' },
        },
      ],
    });
    const { events: _returned, ...sent } = await seen('nvidia-desk', 'returns/RT-1');
    expect(sent).toEqual({
      ...{ returnId: 'RT-1', shipmentId: 'S-1', orderId: 'PO-1', trancheId: 'T1', companyId: 'TESLA', skuId: 'H100' },
      ...{ supplierId: 'NVIDIA', siteId: 'TESLA-DC', quantity: 2, acceptedUnits: 0, reason: 'rejected' },
      ...{ status: 'underway', ...standing(1) },
    });
    for (const thing of ['amendments/AM-1', 'amendments/AM-2', 'returns/RT-1'])
      expect(JSON.stringify(await seen('tesla-cfo', thing))).not.toMatch(/cents/i);
    expect(await seen('x-site', 'requests/RQ-1')).toMatchObject({
      ...{ requestId: 'RQ-1', companyId: 'X', status: 'pending', command: { type: 'ApproveBudget', ...BUDGET } },
      ...standing(1),
    });
  });

  it('show what is foreign like what is missing', async () => {
    const strip = ({ status, body }: Answer, id: string) =>
      JSON.parse(JSON.stringify([status, { ...body, traceId: '' }]).replaceAll(id, 'ID')) as unknown;
    for (const [actor, list, id, code] of [
      // Proposed, and not with the supplier yet.
      ['nvidia-desk', 'amendments', 'AM-1', 'AMENDMENT_UNKNOWN'],
      ['x-buyer', 'amendments', 'AM-2', 'AMENDMENT_UNKNOWN'],
      ['amd-desk', 'amendments', 'AM-2', 'AMENDMENT_UNKNOWN'],
      ['x-site', 'returns', 'RT-1', 'RETURN_UNKNOWN'],
      ['amd-desk', 'returns', 'RT-1', 'RETURN_UNKNOWN'],
      ['tesla-cfo', 'requests', 'RQ-1', 'REQUEST_UNKNOWN'],
    ] as const) {
      const foreign = await ask(actor, `${list}/${id}`);
      expect([actor, list, foreign.status, foreign.body.code]).toEqual([actor, list, 404, code]);
      expect(strip(foreign, id)).toEqual(strip(await ask(actor, `${list}/ZZ-9`), 'ZZ-9'));
    }
    expect((await ask('auditor', 'requests/ZZ-9')).status).toBe(404);
    expect((await ask('nvidia-desk', 'requests/RQ-1')).body.code).toBe('ROLE_REFUSED');
    expect(typesOf(await seen('auditor', 'amendments/AM-1'))).toEqual(['AmendmentProposed']);
  });

  it.each<[string, string, string, string, object, string, string]>([
    ['amendments/AM-1', 'tesla-buyer', 'tesla-cfo', 'approvals', {}, 'AmendmentApproved', 'approved'],
    ['amendments/AM-1', 'nvidia-desk', 'nvidia-desk', 'rejections', {}, 'AmendmentRejected', 'rejected'],
    ['amendments/AM-2', 'nvidia-desk', 'tesla-buyer', 'withdrawals', {}, 'AmendmentWithdrawn', 'withdrawn'],
    ['returns/RT-1', 'tesla-site', 'nvidia-desk', 'confirmations', {}, 'ReturnConfirmed', 'arrived'],
    ['requests/RQ-1', 'x-cfo.kim', 'x-cfo.kim', 'approvals', {}, 'RequestApproved', 'approved'],
  ])('%s has the ETag for %s, and tells of %s', async (thing, reader, actor, path, fields, type, status) => {
    const before = await ask(reader, thing);
    const etag = before.headers.get('etag') ?? '';
    const headers = { authorization: await edge.bearer(reader), 'if-none-match': etag };
    expect((await fetch(`${edge.url}${base}/${thing}`, { headers })).status).toBe(304);
    const stale = await edge.post(actor, `${thing}/${path}`, { ...AT, ...fields }, { 'if-match': '"v9"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'VERSION_STALE']);
    const done = await accepted(edge.post(actor, `${thing}/${path}`, { ...AT, ...fields }, { 'if-match': etag }));
    position = Number(done.body.position);
    const now = await seen(reader, thing);
    expect([now['status'], typesOf(now).at(-1), now['version']]).toEqual([
      ...[status, type, Number(before.body['version']) + 1],
    ]);
    const then = await seen('auditor', thing, `&asOf=${String(before.body.asOfPosition)}`);
    expect([then['status'], then['version']]).toEqual([before.body['status'], before.body['version']]);
  });

  it('are not there before they are made, as of a position', async () => {
    const [proposed] = (await seen('auditor', 'amendments/AM-1'))['events'] as ToldEvent[];
    const before = await ask('tesla-buyer', 'amendments/AM-1', `&asOf=${(proposed?.position ?? 0) - 1}`);
    expect([before.status, before.body.code]).toEqual([404, 'AMENDMENT_UNKNOWN']);
    // Seen by the supplier now, and not as of when it was only proposed.
    const then = await ask('nvidia-desk', 'amendments/AM-1', `&asOf=${proposed?.position}`);
    expect([then.status, (await ask('nvidia-desk', 'amendments/AM-1')).status]).toEqual([404, 200]);
  });

  it('leave rules that can be read: what is under four eyes, and who may approve how much', async () => {
    expect(await seen('nvidia-desk', 'policies')).toEqual({
      ...{ clock: 'simulated', asOfPosition: position, fourEyes: ['ApproveBudget'] },
      adopted: { position: expect.any(Number), since: '2024-01-05', setBy: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
    expect(await seen('admin', 'policies', '&asOf=3')).toMatchObject({ asOfPosition: 3, fourEyes: [], adopted: null });
    const set = (company: string, limit: object) =>
      play(`${company.toLowerCase()}-cfo`, 'approval-limits', { companyId: company, ...limit });
    await set('TESLA', { approver: 'tesla-buyer.kim', limitCents: 500 });
    await set('TESLA', { limitCents: 900 });
    const before = position;
    await set('TESLA', { approver: 'tesla-buyer.kim', limitCents: 700 });
    await set('X', { limitCents: 40 });
    const limits = async (actor: string, query = '') =>
      ((await seen(actor, 'approval-limits', query)).items ?? []).map(({ companyId, approver, limitCents }) => [
        ...[companyId, approver === null ? 'others' : 'kim', limitCents],
      ]);
    const tesla = [
      ['TESLA', 'others', 900],
      ['TESLA', 'kim', 700],
    ];
    expect(await limits('tesla-site')).toEqual(tesla);
    expect(await limits('auditor')).toEqual([...tesla, ['X', 'others', 40]]);
    expect(await limits('auditor', '&companyId=X')).toEqual([['X', 'others', 40]]);
    expect(await limits('tesla-site', '&companyId=X')).toEqual([]);
    expect(await limits('tesla-site', `&asOf=${before}`)).toEqual([
      ['TESLA', 'others', 900],
      ['TESLA', 'kim', 500],
    ]);
    await set('TESLA', { approver: 'tesla-buyer.kim', limitCents: null });
    expect(await limits('tesla-buyer')).toEqual([['TESLA', 'others', 900]]);
    expect((await ask('nvidia-desk', 'approval-limits')).body.code).toBe('ROLE_REFUSED');
  });
});
