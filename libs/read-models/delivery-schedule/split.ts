import type { ShipmentSplit, TrancheSplit } from '#libs/domain';
import { LineUnknown } from '../errors.ts';
import type { LineEffect } from './effect.ts';
import { shipmentLineId, trancheLineId, type Line, type LineId } from './line.ts';
import { negated, shareOf } from './share.ts';

/** Units of a shipment go on as another. Throws LineUnknown when no event opened the line. */
export function shipmentSplit(split: ShipmentSplit['data'], whole: Line | undefined): readonly LineEffect[] {
  const { newShipmentId: shipmentId, quantity } = split;
  const partId = shipmentLineId({ ...split, shipmentId });
  return parted({ wholeId: shipmentLineId(split), partId, ids: { shipmentId } }, whole, quantity);
}

/** Open units of a tranche go on as another. Throws LineUnknown when no event opened the line. */
export function trancheSplit(split: TrancheSplit['data'], whole: Line | undefined): readonly LineEffect[] {
  const { newTrancheId: trancheId, quantity } = split;
  const partId = trancheLineId({ ...split, trancheId });
  return parted({ wholeId: trancheLineId(split), partId, ids: { trancheId } }, whole, quantity);
}

interface Parts {
  readonly wholeId: LineId;
  readonly partId: LineId;
  /** By which the part's line differs. */
  readonly ids: Partial<Pick<Line, 'trancheId' | 'shipmentId'>>;
}

/** The part's line says what the whole's says, with the same date changes and its share of the lateness. */
function parted({ wholeId, partId, ids }: Parts, whole: Line | undefined, quantity: number): readonly LineEffect[] {
  if (whole === undefined) throw new LineUnknown(wholeId);
  const share = shareOf(whole, quantity);
  const { quantity: _units, dateChanges, causes: _causes, ...facts } = whole;
  return [
    { lineId: wholeId, adds: { quantity: -quantity, dateChanges: 0, causes: negated(share) } },
    { lineId: partId, opens: { ...facts, ...ids }, adds: { quantity, dateChanges, causes: share } },
  ];
}
