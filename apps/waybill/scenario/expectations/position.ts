import type { Id } from '#libs/kernel';
import type { JsonPlace } from '../json-place.ts';
import type { ExpectationKind, LedgerView } from './expectation.ts';
import { type Bucket, buckets, compareUnits, unitsAt } from './units.ts';

/** Company → SKU → bucket → units, over all sites. */
export const position: ExpectationKind = (place) => {
  const holdings = place.fields().flatMap(([companyId, skus]) => skus.fields().map(holdingOf(companyId)));
  return async (view) => (await Promise.all(holdings.map((each) => verifyHolding(each, view)))).flat();
};

interface Holding {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly units: readonly (readonly [Bucket, bigint])[];
}

function holdingOf(companyId: Id): (sku: readonly [Id, JsonPlace]) => Holding {
  return ([skuId, place]) => ({
    companyId,
    skuId,
    units: place
      .only(buckets)
      .fields()
      .map(([bucket, units]) => [bucket as Bucket, unitsAt(units)] as const),
  });
}

async function verifyHolding({ companyId, skuId, units }: Holding, view: LedgerView) {
  const rows = await view.positions({ companyId, skuId, validAt: null, knownAt: null });
  return units.map(([bucket, expected]) =>
    compareUnits(`position ${companyId} ${skuId} ${bucket}`, expected, rows, bucket),
  );
}
