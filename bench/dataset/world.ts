import type { Id } from '#libs/kernel';
import type { LedgerCommand } from '#libs/domain';

/** A company that buys, with a hall and a warehouse that never fill up. */
export interface Buyer {
  readonly companyId: Id;
  readonly hallId: Id;
  readonly warehouseId: Id;
}

const COUNTRIES = ['US', 'DE', 'JP', 'FR', 'GB', 'NL', 'SE', 'KR'];
const ROOM_UNITS = 1_000_000_000;
const LIMIT_CENTS = 1_000_000_000_000_000;

export const SUPPLIERS: readonly Id[] = ['NVIDIA', 'AMD', 'INTEL'];

export const SKUS: readonly { readonly skuId: Id; readonly unitPriceCents: number; readonly watts: number }[] = [
  { skuId: 'H100-SXM', unitPriceCents: 2_800_000, watts: 700 },
  { skuId: 'H200-SXM', unitPriceCents: 3_200_000, watts: 700 },
  { skuId: 'B200-SXM', unitPriceCents: 4_100_000, watts: 1_000 },
  { skuId: 'GB200-NVL72', unitPriceCents: 6_000_000, watts: 2_700 },
  { skuId: 'MI300X', unitPriceCents: 1_500_000, watts: 750 },
  { skuId: 'MI355X', unitPriceCents: 2_300_000, watts: 1_400 },
  { skuId: 'GAUDI-3', unitPriceCents: 1_200_000, watts: 900 },
];

export const BUYERS: readonly Buyer[] = Array.from({ length: 24 }, (_, index) => {
  const companyId = `BUYER-${String(index + 1).padStart(2, '0')}`;
  return { companyId, hallId: `${companyId}.HALL`, warehouseId: `${companyId}.WH` };
});

/** The first commands of the history: who there is, what may be bought and spent, what stands already. */
export const FOUNDING: readonly { readonly companyId: Id | null; readonly command: LedgerCommand }[] = [
  ...SUPPLIERS.map((companyId) => ({ companyId: null, command: registered(companyId, 'supplier', 'US') })),
  ...SKUS.map(({ skuId, watts }) => {
    const command: LedgerCommand = { type: 'RegisterSku', skuId, name: skuId, wattsPerUnit: watts };
    return { companyId: null, command };
  }),
  ...BUYERS.flatMap((buyer, index) => foundingOf(buyer, COUNTRIES[index % COUNTRIES.length] ?? 'US')),
];

function foundingOf({ companyId, hallId, warehouseId }: Buyer, country: string): typeof FOUNDING {
  const room = { companyId, designUnits: ROOM_UNITS, usableUnits: ROOM_UNITS };
  const standing = { companyId, siteId: hallId, skuId: 'H100-SXM', quantity: 4_000, energised: 3_500 };
  const screened = { ruleset: 'US-EAR-2023-10', outcome: 'pass', validUntil: '2099-12-31' } as const;
  const own: readonly LedgerCommand[] = [
    { type: 'RegisterSite', siteId: hallId, kind: 'datacenter', ...room },
    { type: 'RegisterSite', siteId: warehouseId, kind: 'warehouse', ...room },
    { type: 'ApproveBudget', budgetId: `${companyId}.BUDGET`, companyId, limitCents: LIMIT_CENTS },
    { type: 'RecordOpeningBalance', lotId: `${companyId}.STANDING`, ...standing },
  ];
  return [
    { companyId: null, command: registered(companyId, 'buyer', country) },
    ...own.map((command) => ({ companyId, command })),
    { companyId: null, command: { type: 'RecordScreening', companyId, ...screened } },
  ];
}

function registered(companyId: Id, kind: 'supplier' | 'buyer', headquartersCountry: string): LedgerCommand {
  return { type: 'RegisterCompany', companyId, name: companyId, kind, headquartersCountry };
}
