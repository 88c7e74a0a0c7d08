import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROBLEM_CODES } from '../problem/problem-codes.ts';
import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';

describe('the documents of the API, as served', () => {
  let edge: RunningEdge;

  beforeAll(async () => {
    edge = await RunningEdge.start();
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  it.each(['openapi.json', 'asyncapi.json'])('%s is the one in docs', async (name) => {
    const kept = await readFile(join(import.meta.dirname, '../../../docs', name), 'utf8');
    expect(await (await fetch(`${edge.url}/${name}`)).json()).toEqual(JSON.parse(kept));
  });

  it('has a page for every code, which says what happened and what to do', async () => {
    const codes = Object.entries(PROBLEM_CODES);
    expect(codes.length).toBeGreaterThan(80);
    for (const [code, { status, title, hint }] of codes) {
      const page = await fetch(`${edge.url}/problems/${code}`);
      expect([code, page.status, page.headers.get('content-type')]).toEqual([code, 200, 'text/html; charset=utf-8']);
      const html = await page.text();
      for (const said of [code, title, `HTTP ${status}`, hint]) expect(html).toContain(said);
    }
  });

  it('leads from a problem to its page', async () => {
    const { body } = await edge.get('auditor', '/v1/nowhere');
    const page = await fetch(new URL(String(body.type), edge.url));
    expect([page.status, (await page.text()).includes(String(body.code))]).toEqual([200, true]);
  });

  it('takes over the trace of who asks, and makes one where there is none that is whole', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const asked = async (traceparent: string) => {
      const answer = await fetch(`${edge.url}/v1/nowhere`, { headers: { traceparent } });
      return ((await answer.json()) as { traceId: string }).traceId;
    };
    expect(await asked(`00-${traceId}-b7ad6b7169203331-01`)).toBe(traceId);
    for (const broken of [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, `ff-${traceId}-b7ad6b7169203331-01`, 'x'])
      expect([await asked(broken)]).toEqual([expect.stringMatching(/^(?!0af7651916)(?!0{32})[0-9a-f]{32}$/)]);
  });
});
