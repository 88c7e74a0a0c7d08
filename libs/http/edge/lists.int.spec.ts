import { openApiDocument } from '../openapi/open-api-document.ts';
import { RunningEdge, STARTING_MS, type Answer, type AnswerBody } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

interface ReadOperation {
  readonly parameters?: readonly { readonly name: string }[];
}

const { paths } = await openApiDocument();
const reads = Object.entries(paths).flatMap(([path, item]) => {
  const { get } = item as { readonly get?: ReadOperation };
  return get === undefined ? [] : [{ path, names: new Set(get.parameters?.map(({ name }) => name)) }];
});
const limited = reads.filter(({ names }) => names.has('limit')).map(({ path }) => path);
const paged = reads.filter(({ names }) => names.has('cursor')).map(({ path }) => path);

/** What a list cannot be asked without. */
const ASKED: Readonly<Record<string, string>> = {
  lineage: 'report=positions&figure=open&companyId=TESLA&skuId=H100',
  differences: 'from=0&companyId=X',
  // Every look is a row of the report itself.
  controls: 'accessPosition=0',
  'branch differences': 'companyId=X',
};

/** What grows the list, the `n`th time. */
const MORE: Readonly<Record<string, (edge: RunningEdge, n: number) => Promise<unknown>>> = {
  'delivery-schedule': moreOrders,
  lineage: moreOrders,
  inbox: proposedOrder,
  differences: (edge, n) => accepted(edge.post('x-site', 'sites', { ...WAREHOUSE, siteId: `X-${n}` })),
  'branch differences': (edge, n) => accepted(edge.post('x-site', 'sites', { ...WAREHOUSE, siteId: `X-B${n}` })),
  evidence: (edge, n) =>
    accepted(
      edge.post('compliance', 'evidence', {
        ...{ effectiveAt: '2024-01-02', subjectKind: 'site', subjectId: 'TESLA-DC' },
        evidence: [{ uri: `https://example.com/${n}`, sha256: String(n).padStart(64, '0') }],
      }),
    ),
  claims: (edge, n) =>
    accepted(
      edge.post('analyst', 'claims', { effectiveAt: '2024-03-05', claimId: `C-${n}`, companyId: 'TESLA', ...SAID }),
    ),
  controls: async (edge, n) => {
    const overload = {
      effectiveAt: '2024-01-02',
      overrideId: `OV-${n}`,
      units: 1,
      until: '2024-06-30',
      reason: 'a trial',
    };
    await accepted(edge.post('tesla-cfo', 'sites/TESLA-DC/overloads', overload));
    await edge.post('tesla-buyer', 'orders/PO-1/approvals', { effectiveAt: '2024-01-02' });
  },
  redirections: (edge, n) =>
    accepted(edge.post('tesla-logistics', 'redirections', { ...PROPOSED, redirectionId: `R-${n}` })),
};

const SAID = {
  ...{ skuId: 'H100', metric: 'accepted', low: 5, high: 8, statedOn: '2024-03-05' },
  ...{ speaker: 'a person', source: 'a call', quote: 'five to eight' },
};

const WAREHOUSE = {
  effectiveAt: '2024-01-02',
  ...{ companyId: 'X', kind: 'warehouse', designUnits: 5, usableUnits: 5 },
};

/** A filter that was not asked with, where it is not a company. */
const OTHERWISE: Readonly<Record<string, string>> = {
  lineage: 'validAt=2024-01-02',
  differences: 'skuId=H100',
  'branch differences': 'skuId=H100',
  controls: 'code=SELF_APPROVAL',
};

/** Lists that no company reads. */
const OF_THE_GROUP = ['controls'];

/** Small enough that the site has room for many. */
const SMALL = { trancheId: 'T1', quantity: 1, unitPriceCents: 100, requestedDate: '2024-03-01', siteId: 'TESLA-DC' };

async function proposedOrder(edge: RunningEdge, n: number): Promise<string> {
  const orderId = `PO-9${n}`;
  await accepted(edge.post('tesla-buyer', 'orders', { ...orderOf(orderId), tranches: [SMALL] }));
  return orderId;
}

async function moreOrders(edge: RunningEdge, n: number): Promise<void> {
  const orderId = await proposedOrder(edge, n);
  await accepted(edge.post('tesla-cfo', `orders/${orderId}/approvals`, { effectiveAt: '2024-01-02' }));
}

const PROPOSED = {
  effectiveAt: '2024-02-01',
  reason: 'X is ready first',
  legs: [{ orderId: 'PO-1', trancheId: 'T1', toCompanyId: 'X', toSiteId: 'X-DC' }],
};

describe('every list over HTTP', () => {
  let edge: RunningEdge;
  let grown = 0;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    await accepted(edge.openLedger('another'));
    await accepted(edge.post('admin', 'branches', { branchId: BRANCH, fromPosition: await headNow() }));
    for (const name of paged.map(nameOf))
      for (let rows = 0; rows < 3; rows += 1) await MORE[name]?.(edge, (grown += 1));
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const ask = (path: string, query: string, { actor = 'auditor', ledger = edge.ledger } = {}): Promise<Answer> =>
    edge.get(
      actor,
      `${path.replace('{ledger}', ledger).replace('{branchId}', BRANCH)}?${[ASKED[nameOf(path)], query].filter(Boolean).join('&')}`,
    );
  const headNow = async () => Number((await edge.get('auditor', `/v1/ledgers/${edge.ledger}`)).body['headPosition']);
  const firstPage = async (path: string) => (await ask(path, `limit=1&minPosition=${await headNow()}`)).body;
  const refusal = async (asked: Promise<Answer>) => {
    const { status, body } = await asked;
    return [status, body.code];
  };

  it('is grown here', () => {
    expect(limited).toEqual(expect.arrayContaining(paged));
    expect(Object.keys(MORE).sort()).toEqual(paged.map(nameOf).sort());
  });

  it.each(limited)('%s takes a limit from 1 to 500', async (path) => {
    for (const limit of ['501', '1e9', '1000000000', '0', '-1', '1.5', '9007199254740993', 'NaN', ''])
      expect([limit, ...(await refusal(ask(path, `limit=${limit}`)))]).toEqual([limit, 400, 'QUERY_INVALID']);
    for (const limit of [1, 500]) expect((await ask(path, `limit=${limit}`)).status).toBe(200);
  });

  it.each(paged)('%s has a cursor that fits its ledger, filter, asOf and reader alone', async (path) => {
    const { nextCursor, asOfPosition } = await firstPage(path);
    const cursor = `limit=1&cursor=${String(nextCursor)}`;
    expect((await ask(path, cursor)).status).toBe(200);
    const foreign = [
      ask(path, cursor, { ledger: 'another' }),
      ...(OF_THE_GROUP.includes(nameOf(path)) ? [] : [ask(path, cursor, { actor: 'tesla-cfo' })]),
      ask(path, `${cursor}&${nameOf(path).endsWith('differences') ? 'to' : 'asOf'}=${String(asOfPosition)}`),
      ask(path, `${cursor}&${OTHERWISE[nameOf(path)] ?? 'companyId=TESLA'}`),
      ...paged.filter((other) => other !== path).map((other) => ask(other, cursor)),
    ];
    for (const answer of foreign) expect(await refusal(answer)).toEqual([400, 'CURSOR_INVALID']);
  });

  it.each(paged)('%s takes no cursor that is cut short or made up', async (path) => {
    const { nextCursor } = await firstPage(path);
    const [payload = '', signature = ''] = String(nextCursor).split('.');
    const other = Buffer.from('[1,"A"]').toString('base64url');
    for (const cursor of [`${other}.${signature}`, `${payload}.${'A'.repeat(43)}`, `${payload.slice(1)}.${signature}`])
      expect(await refusal(ask(path, `cursor=${cursor}`))).toEqual([400, 'CURSOR_INVALID']);
    for (const cursor of [payload, `${payload}.${signature.slice(1)}`, `${payload}.`, `.${signature}`, 'null', ''])
      expect([cursor, ...(await refusal(ask(path, `cursor=${cursor}`)))]).toEqual([cursor, 400, 'QUERY_INVALID']);
  });

  it.each(paged)(
    '%s gives each row once while the ledger grows, by its links',
    async (path) => {
      const from = await headNow();
      const whole = (await ask(path, `limit=500&minPosition=${from}`)).body;
      expect(whole.items?.length).toBeGreaterThan(2);
      const found: NonNullable<AnswerBody['items']>[number][] = [];
      let answer = await ask(path, `limit=1&minPosition=${from}`);
      for (;;) {
        expect(answer.body.asOfPosition).toBe(whole.asOfPosition);
        found.push(...(answer.body.items ?? []));
        const link = /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];
        expect(link !== undefined).toBe(answer.body['hasMore']);
        if (link === undefined) break;
        await MORE[nameOf(path)]?.(edge, (grown += 1));
        answer = await edge.get('auditor', link);
      }
      expect(found).toEqual(whole.items);
      const later = (await ask(path, `limit=500&minPosition=${await headNow()}`)).body;
      expect(later.items?.length).toBeGreaterThan(found.length);
    },
    STARTING_MS,
  );
});

const BRANCH = 'what-if';

function nameOf(path: string): string {
  return path.replace('branches/{branchId}/', 'branch ').split('/').at(-1) ?? '';
}
