import { ApiProperty } from '@nestjs/swagger';

/** CloudEvents 1.0 in JSON, with the ledger's own attributes as extensions. */
export class CloudEventDto {
  @ApiProperty({ enum: ['1.0'] }) specversion!: string;
  @ApiProperty({ example: 'redirected-h100s/14' }) id!: string;
  @ApiProperty({ example: '/ledgers/redirected-h100s' }) source!: string;
  @ApiProperty({ example: 'OrderPlaced' }) type!: string;
  @ApiProperty({ example: 'order/PO-T1' }) subject!: string;
  @ApiProperty({ format: 'date-time' }) time!: string;
  @ApiProperty({ enum: ['application/json'] }) datacontenttype!: string;
  @ApiProperty({
    description:
      'The JSON Schema of `data`: a part of that of the body as it is stored, which has the same path without fragment.',
    example: '/schemas/OrderPlaced.v1.json#/properties/data',
  })
  dataschema!: string;
  @ApiProperty() ledger!: string;
  @ApiProperty({ type: 'integer' }) position!: number;
  @ApiProperty({ type: 'integer' }) streamversion!: number;
  @ApiProperty({ format: 'date' }) effectiveat!: string;
  @ApiProperty({ description: 'A pseudonym.' }) actor!: string;
  @ApiProperty({ required: false }) actingfor?: string;
  @ApiProperty() commandid!: string;
  @ApiProperty() correlationid!: string;
  @ApiProperty({ required: false }) causationid?: string;
  @ApiProperty({ required: false }) reason?: string;
  @ApiProperty({ type: 'array', items: { type: 'object' }, required: false }) evidence?: object[];
  @ApiProperty({ type: 'object', additionalProperties: true }) data!: object;
}

export class EventPageDto {
  @ApiProperty({ type: () => CloudEventDto, isArray: true }) items!: CloudEventDto[];
  @ApiProperty({ description: 'Whether the ledger goes on after nextAfter.' }) hasMore!: boolean;
  @ApiProperty({ type: 'integer', description: 'The `after` of the next page.' }) nextAfter!: number;
  @ApiProperty({ type: 'integer' }) headPosition!: number;
}
