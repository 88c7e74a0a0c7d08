import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

interface Kept {
  readonly effective: string;
  readonly actor: string;
  readonly data: { readonly requestedBy?: string };
}

describe('commands over HTTP', () => {
  let edge: RunningEdge;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const head = async () => (await edge.get('auditor', `/v1/ledgers/${edge.ledger}`)).body['headPosition'];

  it('answers 201 with position, version, events and ETag, and again on a repeat', async () => {
    const key = { 'idempotency-key': 'order-2' };
    const first = await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-2'), key));
    const { position } = first.body;
    expect(first.body).toEqual({
      position,
      version: 1,
      events: [{ position, type: 'OrderPlaced', stream: 'order/PO-2', version: 1 }],
    });
    expect(first.headers.get('location')).toBeNull();
    expect(first.headers.get('etag')).toBe('"v1"');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await edge.post('tesla-buyer', 'orders', orderOf('PO-2'), key);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
    expect(again.headers.get('etag')).toBe('"v1"');
    expect(await head()).toBe(position);
  });

  it('refuses a key with another body, and takes the same key from another actor', async () => {
    const key = { 'idempotency-key': 'order-3' };
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-3'), key));
    const other = await edge.post('tesla-buyer', 'orders', orderOf('PO-4'), key);
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const cfo = await edge.post('tesla-cfo', 'orders/PO-3/approvals', { effectiveAt: '2024-01-02' }, key);
    expect(cfo.status).toBe(201);
  });

  it('answers a broken rule with its code and figures, and the same on a repeat', async () => {
    const key = { 'idempotency-key': 'own-order' };
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-5')));
    const own = await edge.post('tesla-buyer', 'orders/PO-5/approvals', { effectiveAt: '2024-01-02' }, key);
    expect([own.status, own.body.code, own.body.type]).toEqual([403, 'SELF_APPROVAL', '/problems/SELF_APPROVAL']);
    expect(own.headers.get('content-type')).toBe('application/problem+json');
    const again = await edge.post('tesla-buyer', 'orders/PO-5/approvals', { effectiveAt: '2024-01-02' }, key);
    expect({ ...again.body, traceId: '' }).toEqual({ ...own.body, traceId: '' });
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    const page = await fetch(`${edge.url}/problems/SELF_APPROVAL`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Four eyes')]);
  });

  it('shows what is foreign like what is missing', async () => {
    const strip = ({ status, body }: { status: number; body: object }) => [status, { ...body, traceId: '' }];
    const ask = async (orderId: string) => strip(await edge.post('x-cfo', `orders/${orderId}/approvals`, {}));
    const named = (answer: unknown[], orderId: string) =>
      JSON.parse(JSON.stringify(answer).replaceAll(orderId, 'ID')) as unknown;
    expect(named(await ask('PO-1'), 'PO-1')).toEqual(named(await ask('PO-9'), 'PO-9'));
    const foreign = await edge.post('x-cfo', 'orders/PO-1/approvals', {});
    expect([foreign.status, foreign.body.code]).toEqual([404, 'ORDER_UNKNOWN']);
    const site = await edge.post('x-site', 'sites/TESLA-DC/capacity-notices', {
      usableUnits: 0,
      from: '2024-01-02',
      cause: 'x',
    });
    expect([site.status, site.body.code]).toEqual([404, 'SITE_UNKNOWN']);
    const budget = await edge.post('x-cfo', 'budgets', { budgetId: 'B', companyId: 'TESLA', limitCents: 1 });
    expect([budget.status, budget.body.code]).toEqual([404, 'COMPANY_UNKNOWN']);
    const desk = await edge.post('amd-desk', 'orders/PO-1/tranches/T1/confirmations', { promisedDate: '2024-03-01' });
    expect([desk.status, desk.body.code]).toEqual([404, 'ORDER_UNKNOWN']);
  });

  it('decides a dry run on the ledger as it stands, and writes, keeps and uses up nothing', async () => {
    const key = { 'idempotency-key': 'tried-first' };
    const before = await head();
    const dry = await edge.post('tesla-buyer', 'orders?dryRun=true', orderOf('PO-DRY'), key);
    expect([dry.status, dry.headers.get('etag')]).toEqual([200, null]);
    expect(dry.body).toMatchObject({ dryRun: true, position: before });
    expect(dry.body['events']).toEqual([
      { type: 'OrderPlaced', stream: 'order/PO-DRY', data: expect.objectContaining({ orderId: 'PO-DRY' }) },
    ]);
    expect(await head()).toBe(before);
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-DRY'), key));
    const taken = await edge.post('tesla-buyer', 'orders?dryRun=true', orderOf('PO-DRY'));
    expect([taken.status, taken.body.code]).toEqual([409, 'ALREADY_EXISTS']);
    const foreign = await edge.post('x-cfo', 'orders/PO-DRY/approvals?dryRun=true', { effectiveAt: '2024-01-02' });
    expect([foreign.status, foreign.body.code]).toEqual([404, 'ORDER_UNKNOWN']);
  });

  it('refuses with 412 what was decided on an older version, after the rules, and again on a repeat', async () => {
    const placed = await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-IF')));
    const approve = (actor: string, version: string, key: string) =>
      edge.post(
        actor,
        'orders/PO-IF/approvals',
        { effectiveAt: '2024-01-02' },
        { 'if-match': version, 'idempotency-key': key },
      );
    expect((await approve('tesla-buyer', '"v9"', 'own')).body.code).toBe('SELF_APPROVAL');
    const stale = await approve('tesla-cfo', '"v0"', 'old');
    expect([stale.status, stale.body.code]).toEqual([412, 'VERSION_STALE']);
    const event = { type: 'OrderPlaced', stream: 'order/PO-IF', version: 1, effectiveAt: '2024-01-02' };
    const changes = [{ ...event, position: placed.body.position }];
    expect(stale.body['fields']).toEqual({ stream: 'order/PO-IF', expectedVersion: 0, version: 1, changes });
    expect(stale.body['detail']).toBe('stream order/PO-IF, expectedVersion 0, version 1');
    const again = await approve('tesla-cfo', '"v0"', 'old');
    expect([again.status, again.body['fields']]).toEqual([412, stale.body['fields']]);
    const ahead = await approve('tesla-cfo', '"v2"', 'ahead');
    expect([ahead.status, ahead.body['fields']]).toMatchObject([412, { version: 1, changes: [] }]);
    expect((await approve('tesla-cfo', '"v1"', 'old')).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await approve('tesla-cfo', '"v1"', 'new')).status).toBe(201);
  });

  it('tells a stale command the last twenty changes, also on a dry run', async () => {
    const cut = (day: number) => ({
      effectiveAt: '2024-01-03',
      usableUnits: 99 - day,
      from: '2024-02-01',
      cause: 'power',
    });
    for (let day = 0; day < 21; day += 1) await accepted(edge.post('x-site', 'sites/X-DC/capacity-notices', cut(day)));
    const stale = await edge.post('x-site', 'sites/X-DC/capacity-notices?dryRun=true', cut(50), { 'if-match': '"v1"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'VERSION_STALE']);
    const { changes } = stale.body['fields'] as { changes: { version: number; type: string }[] };
    expect(changes.map(({ version }) => version)).toEqual(Array.from({ length: 20 }, (_, index) => index + 3));
    expect(new Set(changes.map(({ type }) => type))).toEqual(new Set(['CapacityUnavailable']));
  });

  it('holds amendments and returns to If-Match too', async () => {
    const of = async (path: string) => {
      const answer = await edge.post('tesla-buyer', path, { effectiveAt: '2024-01-03' }, { 'if-match': '"v1"' });
      return answer.body.code;
    };
    expect(await of('amendments/AM-9/withdrawals')).toBe('AMENDMENT_UNKNOWN');
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-AM')));
    await accepted(edge.post('tesla-cfo', 'orders/PO-AM/approvals', { effectiveAt: '2024-01-03' }));
    const changes = [{ trancheId: 'T1', quantity: 9 }];
    const amendment = { effectiveAt: '2024-01-03', amendmentId: 'AM-1', orderId: 'PO-AM', reason: 'fewer', changes };
    await accepted(edge.post('tesla-buyer', 'amendments', amendment));
    const withdraw = (version: string) =>
      edge.post('tesla-buyer', 'amendments/AM-1/withdrawals', { effectiveAt: '2024-01-03' }, { 'if-match': version });
    expect((await withdraw('"v0"')).status).toBe(412);
    expect((await withdraw('"v1"')).status).toBe(201);
    const back = await edge.post('nvidia-desk', 'returns/RT-9/confirmations', {}, { 'if-match': '"v1"' });
    expect(back.body.code).toBe('RETURN_UNKNOWN');
  });

  it('keeps a limit for the person who signs in by the name, and the name nowhere in the ledger', async () => {
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-LIM')));
    const limit = { effectiveAt: '2024-01-02', companyId: 'TESLA', approver: 'tesla-cfo.kim', limitCents: 999 };
    const dry = await edge.post('tesla-cfo', 'approval-limits?dryRun=true', limit);
    const [set] = dry.body['events'] as { data: { approver: string } }[];
    expect(set?.data.approver).toMatch(/^[0-9a-f-]{36}$/);
    await accepted(edge.post('tesla-cfo', 'approval-limits', limit));
    const approve = (actor: string) => edge.post(actor, 'orders/PO-LIM/approvals', { effectiveAt: '2024-01-02' });
    const refused = await approve('tesla-cfo.kim');
    expect([refused.status, refused.body.code, refused.body['fields']]).toEqual([
      ...[403, 'ABOVE_APPROVAL_LIMIT'],
      { companyId: 'TESLA', limitCents: 999, amountCents: 1000 },
    ]);
    expect((await edge.post('tesla-cfo.kim', 'approval-limits', { ...limit, limitCents: 1000 })).body.code).toBe(
      'SELF_APPROVAL',
    );
    expect((await approve('tesla-cfo')).status).toBe(201);
    const kept = await edge.database
      .pool('waybill_auditor')
      .query<{ texts: string }>(`select string_agg(convert_from(request, 'UTF8'), '') as texts from ledger.commands`);
    expect(kept.rows[0]?.texts).toContain(set?.data.approver);
    expect(kept.rows[0]?.texts).not.toContain('kim');
  });

  describe('under four eyes', () => {
    const AT = { effectiveAt: '2024-01-02' };
    const evidence = [{ uri: 'https://example.test/board.pdf', sha256: 'ab'.repeat(32) }];
    const budget = { ...AT, budgetId: 'B-4', companyId: 'TESLA', limitCents: 7, reason: 'the board', evidence };
    const policy = (fourEyes: readonly string[]) => edge.post('admin', 'policies', { ...AT, fourEyes });

    beforeAll(() => accepted(policy(['ApproveBudget'])));
    afterAll(() => accepted(policy([])));

    it('asks for a command, alike on a dry run and a repeat, and does it when another person approves', async () => {
      const dry = await edge.post('tesla-cfo', 'budgets?dryRun=true', budget);
      const command = { type: 'ApproveBudget', budgetId: 'B-4', companyId: 'TESLA', limitCents: 7 };
      const data = { requestId: 'RQ-1', companyId: 'TESLA', command };
      expect(dry.body['events']).toEqual([{ type: 'CommandRequested', stream: 'request/RQ-1', data }]);
      const key = { 'idempotency-key': 'asked' };
      const first = await accepted(edge.post('tesla-cfo', 'budgets', budget, key));
      expect(first.body['events']).toMatchObject([{ type: 'CommandRequested', stream: 'request/RQ-1', version: 1 }]);
      const again = await edge.post('tesla-cfo', 'budgets', budget, key);
      expect([again.status, again.body]).toEqual([201, first.body]);

      const approve = (actor: string, version: string) =>
        edge.post(actor, 'requests/RQ-1/approvals', { effectiveAt: '2024-01-09' }, { 'if-match': version });
      const own = await approve('tesla-cfo', '"v1"');
      expect([own.status, own.body.code]).toEqual([403, 'SELF_APPROVAL']);
      expect((await approve('tesla-site', '"v1"')).body.code).toBe('ROLE_REFUSED');
      expect((await approve('x-cfo', '"v1"')).status).toBe(404);
      expect((await approve('tesla-cfo.kim', '"v0"')).status).toBe(412);
      const approved = await accepted(approve('tesla-cfo.kim', '"v1"'));
      expect(approved.body['events']).toMatchObject([
        { type: 'RequestApproved', stream: 'request/RQ-1', version: 2 },
        { type: 'BudgetApproved', stream: 'funds/TESLA' },
      ]);
      expect((await approve('tesla-cfo.kim', '"v2"')).body.code).toBe('REQUEST_NOT_PENDING');
    });

    it('keeps of what was approved the day, reason and evidence asked for, and both people', async () => {
      const { rows } = await edge.database.pool('waybill_auditor').query<{ body: string; effective: string }>(
        `select convert_from(body, 'UTF8') as body, effective_at::text as effective from ledger.events
         where stream = 'request/RQ-1' or (type = 'BudgetApproved' and convert_from(body, 'UTF8') like '%"B-4"%')
         order by position`,
      );
      const [asked, approved, made] = rows.map(({ body, effective }) => ({ ...JSON.parse(body), effective }) as Kept);
      expect([asked?.effective, approved?.effective, made?.effective]).toEqual([
        '2024-01-02',
        '2024-01-09',
        '2024-01-02',
      ]);
      expect(made).toMatchObject({
        reason: 'the board',
        evidence,
        causationId: 'request/RQ-1',
        effectiveAt: '2024-01-02',
      });
      expect(made?.actor).toBe(approved?.actor);
      expect(approved?.data.requestedBy).toBe(asked?.actor);
      expect(asked?.actor).not.toBe(made?.actor);
      expect(made).not.toHaveProperty('said');
    });

    it('tells of refused self-approvals', async () => {
      const controls = await edge.get('auditor', `/v1/ledgers/${edge.ledger}/controls`);
      expect(controls.body['items']).toContainEqual(
        expect.objectContaining({ control: 'selfApproval', command: 'ApproveRequest', count: 1 }),
      );
    });
  });

  it('checks in the promised order: HTTP, token, role, shape, scope, rule', async () => {
    const path = `/v1/ledgers/${edge.ledger}/orders/PO-1/approvals`;
    const buyer = await edge.bearer('tesla-buyer');
    const code = async (body: string, headers: Record<string, string>, at = path) =>
      (await edge.postText(at, body, headers)).body.code;
    expect(await code('{', { 'idempotency-key': '' })).toBe('MALFORMED_JSON');
    expect(await code('{"x":1.5}', { 'idempotency-key': '' })).toBe('IDEMPOTENCY_KEY_INVALID');
    expect(await code('{"x":1.5}', {})).toBe('UNAUTHENTICATED');
    expect(await code('{"x":1.5}', { authorization: await edge.bearer('auditor') })).toBe('ROLE_REFUSED');
    expect(await code('{"x":1.5}', { authorization: buyer })).toBe('VALIDATION_FAILED');
    expect(await code('{"x":1}', { authorization: buyer })).toBe('VALIDATION_FAILED');
    expect(await code('{}', { authorization: buyer }, '/v1/ledgers/nowhere/orders/PO-1/approvals')).toBe(
      'LEDGER_UNKNOWN',
    );
    expect(await code('{}', { authorization: await edge.bearer('x-cfo') })).toBe('ORDER_UNKNOWN');
    expect(await code('{}', { authorization: buyer })).toBe('ORDER_NOT_PROPOSED');
  });

  it('takes recordedOn on simulated ledgers alone', async () => {
    await accepted(edge.openLedger('real', 'system'));
    const body = JSON.stringify({
      companyId: 'A',
      name: 'A',
      kind: 'buyer',
      headquartersCountry: 'US',
      recordedOn: '2024-01-02',
    });
    const answer = await edge.postText('/v1/ledgers/real/companies', body, {
      authorization: await edge.bearer('admin'),
    });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, '/recordedOn']);
  });

  it('opens a ledger once: the same key is a repeat, another is refused', async () => {
    const body = JSON.stringify({ ledger: 'second', clock: 'system', currency: 'EUR', title: 'Second' });
    const headers = { authorization: await edge.bearer('admin'), 'idempotency-key': 'open-second' };
    const first = await edge.postText('/v1/ledgers', body, headers);
    const again = await edge.postText('/v1/ledgers', body, headers);
    const other = await edge.postText('/v1/ledgers', body, { ...headers, 'idempotency-key': 'open-second-again' });
    expect([first.status, first.headers.get('location')]).toEqual([201, '/v1/ledgers/second']);
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true']);
    expect(again.headers.get('location')).toBe('/v1/ledgers/second');
    expect([other.status, other.body.code]).toEqual([409, 'ALREADY_EXISTS']);
  });

  it('appends a command once however many send it at the same time', async () => {
    const before = await head();
    const sent = Array.from({ length: 16 }, () =>
      edge.post('tesla-buyer', 'orders', orderOf('PO-6'), { 'idempotency-key': 'storm' }),
    );
    const answers = await Promise.all(sent);
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(done.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ status, body }) => status !== 201 && body.code !== 'COMMAND_IN_PROGRESS')).toEqual([]);
    expect(await head()).toBe(Number(before) + 1);
  });

  it('keeps no name of an actor in the ledger', async () => {
    const { rows } = await edge.database
      .pool('waybill_auditor')
      .query<{ body: string }>(`select convert_from(body, 'UTF8') as body from ledger.events`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ body }) => /tesla-buyer|tesla-cfo|admin/.test(body))).toEqual([]);
  });
});
