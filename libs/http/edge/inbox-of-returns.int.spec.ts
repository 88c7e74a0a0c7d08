import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, playBeginning } from './story.fixture.spec.ts';

interface Item {
  readonly kind: string;
  readonly thing: string;
  readonly companyId: string | null;
  readonly units: number;
  readonly path: string;
  readonly about: object;
}

/** All 10 units of TESLA's PO-1 come, and 3 of them are rejected. */
describe('the inbox, when units go back', () => {
  let edge: RunningEdge;
  let position: number;
  const day = { effectiveAt: '2024-02-01' };

  const did = async (actor: string, path: string, body: object) => {
    const answer = await accepted(edge.post(actor, path, { ...day, ...body }));
    position = answer.body['position'] as number;
  };
  const items = async (actor: string) => {
    const { status, body } = await edge.get(actor, `/v1/ledgers/${edge.ledger}/inbox?minPosition=${position}`);
    expect(status).toBe(200);
    return body['items'] as unknown as Item[];
  };
  const waiting = async (actor: string) =>
    (await items(actor)).map(({ kind, thing, companyId, units }) => [kind, thing, companyId, units]);

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    const shipment = { shipmentId: 'S-1', orderId: 'PO-1', trancheId: 'T1', quantity: 10, eta: '2024-02-01' };
    await did('nvidia-desk', 'shipments', shipment);
    await did('tesla-site', 'shipments/S-1/receipts', { siteId: 'TESLA-DC', counted: 10 });
    await did('tesla-site', 'shipments/S-1/acceptances', { accepted: 7, rejected: 3 });
  }, STARTING_MS);

  afterAll(() => edge?.stop(), STARTING_MS);

  it('has them wait for the supplier until they are confirmed, by a route that there is', async () => {
    expect(await waiting('nvidia-desk')).toEqual([]);
    await did('tesla-site', 'returns', { returnId: 'RT-1', shipmentId: 'S-1', quantity: 2, reason: 'rejected' });
    expect(await waiting('nvidia-desk')).toEqual([['return', 'RT-1', 'NVIDIA', 2]]);
    const [item] = await items('nvidia-desk');
    expect(item?.about).toEqual({
      ...{ returnId: 'RT-1', shipmentId: 'S-1', companyId: 'TESLA', skuId: 'H100', reason: 'rejected' },
    });
    expect([await waiting('amd-desk'), await waiting('tesla-site')]).toEqual([[], []]);
    await did('nvidia-desk', (item?.path ?? '').slice(`/v1/ledgers/${edge.ledger}/`.length), {});
    expect(await waiting('nvidia-desk')).toEqual([]);
  });

  it('has wrong units wait to be resolved besides', async () => {
    expect(await waiting('tesla-buyer')).toEqual([['shortfall', 'S-1', 'TESLA', 3]]);
    await did('tesla-site', 'returns', { returnId: 'RT-2', shipmentId: 'S-1', quantity: 4, reason: 'wrong' });
    expect(await waiting('tesla-buyer')).toEqual([['shortfall', 'S-1', 'TESLA', 7]]);
    expect(await waiting('nvidia-desk')).toEqual([['return', 'RT-2', 'NVIDIA', 4]]);
  });

  it('has a policy that would be lifted wait for the group, for whom reads all of it', async () => {
    await did('admin', 'policies', { fourEyes: ['ReturnUnits'] });
    await did('tesla-site', 'returns', { returnId: 'RT-3', shipmentId: 'S-1', quantity: 1, reason: 'wrong' });
    await did('admin', 'policies', { fourEyes: [] });
    const asked = ['request', 'RQ-1', 'TESLA', 1];
    const lifting = ['request', 'RQ-2', null, 1];
    const requests = async (actor: string) => (await waiting(actor)).filter(([kind]) => kind === 'request');
    expect(await requests('auditor')).toEqual([asked, lifting]);
    expect(await requests('tesla-site.lee')).toEqual([asked]);
    const own = await edge.post('admin', 'requests/RQ-2/approvals', day);
    const foreign = await edge.post('tesla-cfo', 'requests/RQ-2/approvals', day);
    expect([own.body.code, foreign.body.code]).toEqual(['SELF_APPROVAL', 'REQUEST_UNKNOWN']);
    await did('admin.kim', 'requests/RQ-2/approvals', {});
    expect(await requests('auditor')).toEqual([asked]);
  });
});
