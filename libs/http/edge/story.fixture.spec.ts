import type { Answer, RunningEdge } from './running-edge.fixture.spec.ts';

const AT = { effectiveAt: '2024-01-02' };

/** A supplier, a SKU, two buyers with a site and a budget each, and TESLA's order PO-1, approved. */
export async function playBeginning(edge: RunningEdge): Promise<void> {
  await accepted(edge.openLedger());
  for (const [companyId, kind] of [
    ['NVIDIA', 'supplier'],
    ['TESLA', 'buyer'],
    ['X', 'buyer'],
  ] as const) {
    await accepted(
      edge.post('admin', 'companies', { ...AT, companyId, name: companyId, kind, headquartersCountry: 'US' }),
    );
  }
  await accepted(edge.post('admin', 'skus', { ...AT, skuId: 'H100', name: 'H100', wattsPerUnit: 700 }));
  for (const company of ['tesla', 'x']) {
    const companyId = company.toUpperCase();
    const site = {
      ...AT,
      siteId: `${companyId}-DC`,
      companyId,
      kind: 'datacenter',
      designUnits: 100,
      usableUnits: 100,
    };
    await accepted(edge.post(`${company}-site`, 'sites', site));
    await accepted(
      edge.post(`${company}-cfo`, 'budgets', { ...AT, budgetId: `${companyId}-24`, companyId, limitCents: 1_000_000 }),
    );
  }
  await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-1')));
  await accepted(edge.post('tesla-cfo', 'orders/PO-1/approvals', AT));
}

export function orderOf(orderId: string): object {
  const tranches = [
    { trancheId: 'T1', quantity: 10, unitPriceCents: 100, requestedDate: '2024-03-01', siteId: 'TESLA-DC' },
  ];
  return { ...AT, orderId, companyId: 'TESLA', supplierId: 'NVIDIA', skuId: 'H100', tranches };
}

export async function accepted(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked;
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}
