import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, playBeginning } from './story.fixture.spec.ts';

const AT = { effectiveAt: '2024-01-02' };
const documentOf = (letter: string) => ({ uri: `https://example.com/${letter}.pdf`, sha256: letter.repeat(64) });
const NOTICE = {
  ...{ usableUnits: 50, from: '2024-02-01', cause: 'cooling' },
  ...{ effectiveAt: '2024-01-03', evidence: [documentOf('d'), documentOf('e')] },
};

interface Document {
  readonly documentId: string;
  readonly type: string;
  readonly stream: string;
  readonly sha256: string;
}

describe('evidence over HTTP', () => {
  let edge: RunningEdge;
  let base: string;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    base = `/v1/ledgers/${edge.ledger}`;
    await accepted(attach('tesla-buyer', 'order', 'PO-1', 'a', 'b'));
    await accepted(attach('nvidia-desk', 'order', 'PO-1', 'c'));
    await accepted(edge.post('tesla-site', 'sites/TESLA-DC/capacity-notices', NOTICE));
    await accepted(attach('compliance', 'site', 'X-DC', 'a'));
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  const attach = (actor: string, subjectKind: string, subjectId: string, ...letters: readonly string[]) =>
    edge.post(actor, 'evidence', { ...AT, subjectKind, subjectId, evidence: letters.map(documentOf) });
  const list = async (actor: string, query = '') => {
    const head = Number((await edge.get('auditor', base)).body['headPosition']);
    return (await edge.get(actor, `${base}/evidence?minPosition=${head}${query}`)).body;
  };
  const told = async (actor: string, query = '') =>
    ((await list(actor, query)).items as unknown as readonly Document[]).map(
      ({ type, stream, sha256 }) => `${type} ${stream} ${sha256.slice(0, 1)}`,
    );

  const ORDERS = ['a', 'b', 'c'].map((letter) => `EvidenceAttached order/PO-1 ${letter}`);
  const NOTICES = ['d', 'e'].map((letter) => `CapacityUnavailable site/TESLA-DC ${letter}`);

  it('is listed, whatever command brought it, to the auditor and to those whose it is', async () => {
    expect(await told('auditor')).toEqual([...ORDERS, ...NOTICES, 'EvidenceAttached site/X-DC a']);
    expect(await told('tesla-cfo')).toEqual([...ORDERS, ...NOTICES]);
    expect(await told('nvidia-desk')).toEqual(ORDERS);
    expect(await told('x-site')).toEqual(['EvidenceAttached site/X-DC a']);
    const [first] = (await list('tesla-cfo')).items ?? [];
    expect(first).toMatchObject({ ...documentOf('a'), effectiveAt: '2024-01-02', actingFor: 'TESLA' });
    expect(first?.['documentId']).toBe(`${String(first?.['position'])}.1`);
  });

  it('is found by document, by thing, by company and as of a position', async () => {
    const a = 'a'.repeat(64);
    expect(await told('auditor', `&sha256=${a}`)).toEqual([ORDERS[0], 'EvidenceAttached site/X-DC a']);
    expect(await told('tesla-cfo', `&sha256=${a}`)).toEqual([ORDERS[0]]);
    expect(await told('auditor', '&stream=site/TESLA-DC')).toEqual(NOTICES);
    expect(await told('auditor', '&companyId=X')).toEqual(['EvidenceAttached site/X-DC a']);
    const [first] = (await list('auditor')).items ?? [];
    expect(await told('auditor', `&asOf=${String(first?.['position'])}`)).toEqual(ORDERS.slice(0, 2));
    expect(await told('auditor', '&validAt=2024-01-02')).not.toContain(NOTICES[0]);
  });

  it('is told in pages, and as CSV', async () => {
    const whole = await list('auditor');
    const pages: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await list('auditor', `&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      pages.push(...(page.items ?? []));
      cursor = page['nextCursor'] as string | null;
    }
    expect(pages).toEqual(whole.items);
    const headers = { authorization: await edge.bearer('auditor'), accept: 'text/csv' };
    const csv = await (await fetch(`${edge.url}${base}/evidence`, { headers })).text();
    expect(csv.trim().split('\r\n')).toHaveLength(1 + pages.length);
  });

  it('is attached by whose thing it is, once, to what is there', async () => {
    const answers = [
      await attach('x-buyer', 'order', 'PO-1', 'f'),
      await attach('tesla-buyer', 'order', 'PO-9', 'f'),
      await attach('auditor', 'order', 'PO-1', 'f'),
      await attach('tesla-buyer', 'order', 'PO-1', 'f', 'a'),
      await attach('tesla-buyer', 'order', 'PO-1'),
      await attach('tesla-buyer', 'company', 'TESLA', 'f'),
      await attach('tesla-buyer', 'order', 'PO-1', 'F'),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'ORDER_UNKNOWN'],
      [404, 'ORDER_UNKNOWN'],
      [403, 'ROLE_REFUSED'],
      [409, 'ALREADY_ATTACHED'],
      [409, 'NO_EVIDENCE'],
      [422, 'VALIDATION_FAILED'],
      [422, 'VALIDATION_FAILED'],
    ]);
  });
});
