import type { Day, Id } from '#libs/kernel';
import type { JsonPlace } from '../json-place.ts';
import type { Check, ExpectationKind, LedgerView } from './expectation.ts';
import { type Bucket, buckets, compareUnits, unitsAt } from './units.ts';

/** A list of figures, each at a valid day, as the ledger was known right after a step. */
export const asOf: ExpectationKind = (place, known) => {
  const figures = place.items().map((each) => figureAt(each, known));
  return async (view) => Promise.all(figures.map((figure) => verifyFigure(figure, view)));
};

interface Figure {
  readonly companyId: Id;
  readonly skuId: Id;
  readonly bucket: Bucket;
  readonly validAt: Day | null;
  /** Null: as known right after the step that expects it. */
  readonly knownStep: number | null;
  readonly value: bigint;
}

function figureAt(place: JsonPlace, known: ReadonlySet<number>): Figure {
  place.only(['companyId', 'skuId', 'bucket', 'validAt', 'knownStep', 'value']);
  const validAt = place.field('validAt');
  return {
    companyId: place.field('companyId').id(),
    skuId: place.field('skuId').id(),
    bucket: place.field('bucket').oneOf(buckets) ?? 'open',
    validAt: validAt.isMissing || validAt.value === null ? null : validAt.day(),
    knownStep: knownStepAt(place.field('knownStep'), known),
    value: unitsAt(place.field('value')),
  };
}

function knownStepAt(place: JsonPlace, known: ReadonlySet<number>): number | null {
  if (place.isMissing || place.value === null) return null;
  const no = place.integer(1);
  if (!known.has(no)) place.refuse('must be the number of this step or of one before it');
  return no;
}

async function verifyFigure(figure: Figure, view: LedgerView): Promise<Check> {
  const { companyId, skuId, bucket, validAt, knownStep, value } = figure;
  const known = knownStep === null ? 'now' : `after step ${knownStep}`;
  const subject = `asOf ${companyId} ${skuId} ${bucket} on ${validAt ?? 'all days'} known ${known}`;
  const knownAt = knownStep === null ? null : view.positionAfter(knownStep);
  if (knownStep !== null && knownAt === null) {
    return { subject, expected: String(value), actual: `step ${knownStep} was not played`, holds: false };
  }
  return compareUnits(subject, value, await view.positions({ companyId, skuId, validAt, knownAt }), bucket);
}
