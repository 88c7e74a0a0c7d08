import type { Queryable } from '#libs/event-store';
import { exactInteger, type Day, type ExactInteger, type Id } from '#libs/kernel';
import { EFFECTIVE_PARTS } from '../positions/effective-parts.ts';
import { BLOCK_LENGTH } from '../positions/insert.ts';

/** Units of a SKU, at least 1, that the debtor owes the creditor; what the creditor owes is the same with the other sign. */
export interface ExposureItem {
  readonly debtorId: Id;
  readonly creditorId: Id;
  readonly skuId: Id;
  readonly units: ExactInteger;
}

/** What a company is owed less what it owes, over all pairs and SKUs that are asked for. */
export interface NetExposure {
  readonly companyId: Id;
  readonly units: ExactInteger;
}

export interface ExposureFilter {
  readonly validAt?: Day | null | undefined;
  /** Debtor or creditor. */
  readonly companyId?: Id | undefined;
  readonly skuId?: Id | undefined;
}

/** Every pair of companies where one owes the other, once a SKU, and the net of each company that is seen. */
export async function selectExposures(
  db: Queryable,
  { generation, ledger, asOfPosition }: { generation: number; ledger: Id; asOfPosition: number },
  { validAt, companyId, skuId }: ExposureFilter,
): Promise<{ items: readonly ExposureItem[]; net: readonly NetExposure[] }> {
  const { rows } = await db.query<OwedColumns>(SELECT_OWED, [
    generation,
    ledger,
    asOfPosition,
    validAt ?? null,
    BLOCK_LENGTH,
    companyId ?? null,
    skuId ?? null,
  ]);
  return { items: pairsOf(rows), net: netOf(rows) };
}

interface OwedColumns {
  readonly companyId: Id;
  readonly counterpartyId: Id;
  readonly skuId: Id;
  /** Digits: what the counterparty owes the company, not zero. */
  readonly units: string;
}

// Both sides hold each debt, with opposite signs: who sees one company only still sees all its pairs.
const SELECT_OWED = `
  ${EFFECTIVE_PARTS}
  select company_id as "companyId", counterparty_id as "counterpartyId", sku_id as "skuId", sum(quantity)::text as units
  from parts
  where bucket = 'owed'
    and ($6::text is null or company_id = $6)
    and ($7::text is null or sku_id = $7)
  group by company_id, counterparty_id, sku_id
  having sum(quantity) <> 0
  order by company_id, counterparty_id, sku_id`;

function pairsOf(rows: readonly OwedColumns[]): readonly ExposureItem[] {
  const pairs = new Map(
    rows.map(pairOf).map((pair) => [`${pair.debtorId} ${pair.creditorId} ${pair.skuId}`, pair] as const),
  );
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pair]) => pair);
}

function pairOf({ companyId, counterpartyId, skuId, units }: OwedColumns): ExposureItem {
  return units.startsWith('-')
    ? { debtorId: companyId, creditorId: counterpartyId, skuId, units: exactInteger(units.slice(1)) }
    : { debtorId: counterpartyId, creditorId: companyId, skuId, units: exactInteger(units) };
}

function netOf(rows: readonly OwedColumns[]): readonly NetExposure[] {
  const sums = new Map<Id, bigint>();
  for (const { companyId, units } of rows) sums.set(companyId, (sums.get(companyId) ?? 0n) + BigInt(units));
  return [...sums].map(([companyId, units]) => ({ companyId, units: exactInteger(String(units)) }));
}
