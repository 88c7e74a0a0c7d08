import { ApiProperty, OmitType } from '@nestjs/swagger';
import { AppendedEventDto } from '../commands/command-answer.dto.ts';
import { RedirectionLegDto } from '../reports/obligations.dto.ts';
import { ID } from '../reports/reports.dto.ts';
import { EVENTS_TOLD } from './thing-reader.ts';

const DAY = { type: 'string', format: 'date' } as const;
const ID_OR_NULL = { type: 'string', nullable: true } as const;

export class ThingEventDto extends AppendedEventDto {
  @ApiProperty(DAY) effectiveAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: 'string', description: 'A pseudonym.' }) actor!: string;
  @ApiProperty({ ...ID_OR_NULL, description: 'The company that the actor acted for; null: the group.' }) actingFor!:
    string | null;
  @ApiProperty({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'integer' }] },
    description: 'Ids, units and days that the event names; no money.',
  })
  facts!: object;
}

/** Of every thing that is asked for by its id. */
export class ThingDto {
  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description:
      'Of its stream, and its ETag; 0 of a part of a shipment to which nothing happened since it was split off.',
  })
  version!: number;

  @ApiProperty({
    enum: ['system', 'simulated'],
    description: 'simulated: the days of recording are told, not measured.',
  })
  clock!: string;

  @ApiProperty({ type: 'integer', minimum: 0 }) asOfPosition!: number;

  @ApiProperty({
    type: () => ThingEventDto,
    isArray: true,
    maxItems: EVENTS_TOLD,
    description: `What happened to it, in order, the last ${EVENTS_TOLD} events; to companies with a part in it, those that name them.`,
  })
  events!: ThingEventDto[];

  @ApiProperty({ type: 'integer', minimum: 0, description: 'Events before these, left out.' }) earlierEvents!: number;
}

export class PlacedTrancheDto {
  @ApiProperty(ID) trancheId!: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) quantity!: number;
  @ApiProperty(DAY) requestedDate!: string;
  @ApiProperty(ID_OR_NULL) siteId!: string | null;
}

export class OrderDto extends ThingDto {
  @ApiProperty(ID) orderId!: string;
  @ApiProperty({ ...ID, description: 'The ordering company.' }) companyId!: string;
  @ApiProperty(ID) supplierId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty({ enum: ['proposed', 'approved', 'rejected'] }) status!: string;
  @ApiProperty({
    type: () => PlacedTrancheDto,
    isArray: true,
    description: 'As ordered, for the ordering company and the supplier; how they stand is in `delivery-schedule`.',
  })
  tranches!: PlacedTrancheDto[];
}

export class ShipmentDto extends ThingDto {
  @ApiProperty(ID) shipmentId!: string;
  @ApiProperty(ID) orderId!: string;
  @ApiProperty(ID) trancheId!: string;
  @ApiProperty(ID) orderingCompanyId!: string;
  @ApiProperty({ ...ID, description: 'The entitled company.' }) companyId!: string;
  @ApiProperty(ID) supplierId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty(ID) siteId!: string;
  @ApiProperty({ enum: ['inTransit', 'held', 'atDock', 'accepted', 'lost'] }) status!: string;
  @ApiProperty({ type: 'integer', minimum: 1, description: 'Units that were sent, without parts split off.' })
  shipped!: number;
  @ApiProperty(DAY) expectedDate!: string;
}

export class ThingLegDto extends OmitType(RedirectionLegDto, ['related', 'delivered', 'gone', 'outstanding']) {}

export class RedirectionDto extends ThingDto {
  @ApiProperty(ID) redirectionId!: string;
  @ApiProperty({ type: 'string' }) reason!: string;
  @ApiProperty({
    enum: ['proposed', 'active', 'delivered', 'rejected', 'withdrawn'],
    description: 'As in `redirections`.',
  })
  status!: string;
  @ApiProperty({ type: 'array', items: ID, description: 'The companies that must approve.' }) parties!: string[];
  @ApiProperty({ type: () => ThingLegDto, isArray: true }) legs!: ThingLegDto[];
}

export class SiteDto extends ThingDto {
  @ApiProperty(ID) siteId!: string;
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({ enum: ['datacenter', 'warehouse'] }) kind!: string;
  @ApiProperty({ type: 'integer' }) designUnits!: number;
}
