import { ApiProperty } from '@nestjs/swagger';
import { RETURN_REASONS } from '#libs/domain';
import { ID } from '../reports/reports.dto.ts';
import { PlacedTrancheDto, ThingDto } from './things.dto.ts';

const DAY = { type: 'string', format: 'date' } as const;
const UNITS = { type: 'integer', minimum: 0 } as const;

export class AmendedTrancheDto {
  @ApiProperty(ID) trancheId!: string;
  @ApiProperty({ ...UNITS, description: 'Open units as they would be.' }) quantity!: number;
  @ApiProperty({ ...UNITS, description: 'Open units as it was proposed.' }) previousQuantity!: number;
  @ApiProperty(DAY) requestedDate!: string;
  @ApiProperty(DAY) previousRequestedDate!: string;
}

export class AmendmentDto extends ThingDto {
  @ApiProperty(ID) amendmentId!: string;
  @ApiProperty(ID) orderId!: string;
  @ApiProperty({ ...ID, description: 'The ordering company.' }) companyId!: string;
  @ApiProperty({ ...ID, description: 'Sees it from its approval on.' }) supplierId!: string;
  @ApiProperty({ type: 'string' }) reason!: string;
  @ApiProperty({
    enum: ['proposed', 'approved', 'confirmed', 'rejected', 'withdrawn'],
    description: 'What costs nothing more is approved from the beginning, and waits for the supplier.',
  })
  status!: string;
  @ApiProperty({ type: () => AmendedTrancheDto, isArray: true }) changes!: AmendedTrancheDto[];
  @ApiProperty({ type: () => PlacedTrancheDto, isArray: true }) newTranches!: PlacedTrancheDto[];
}

export class ReturnDto extends ThingDto {
  @ApiProperty(ID) returnId!: string;
  @ApiProperty(ID) shipmentId!: string;
  @ApiProperty(ID) orderId!: string;
  @ApiProperty(ID) trancheId!: string;
  @ApiProperty(ID) companyId!: string;
  @ApiProperty(ID) supplierId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty({ ...ID, description: 'Where they were received.' }) siteId!: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) quantity!: number;
  @ApiProperty({ ...UNITS, description: 'Of them: accepted until they went back.' }) acceptedUnits!: number;
  @ApiProperty({ enum: RETURN_REASONS }) reason!: string;
  @ApiProperty({ enum: ['underway', 'arrived'] }) status!: string;
}

export class RequestDto extends ThingDto {
  @ApiProperty(ID) requestId!: string;
  @ApiProperty({
    ...ID,
    nullable: true,
    description: 'Whose people decide it, and alone see it; null: those of the group.',
  })
  companyId!: string | null;
  @ApiProperty({ enum: ['pending', 'approved', 'rejected', 'withdrawn'] }) status!: string;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What is asked for: the command with its type and all its fields.',
  })
  command!: object;
}
