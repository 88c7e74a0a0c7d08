import { ApiProperty, OmitType } from '@nestjs/swagger';
import { EVIDENCE_SUBJECTS, type AttachEvidence, type EvidenceSubject } from '#libs/domain';
import { CommandBody } from '../commands/command-body.ts';
import type { Fields } from '../commands/submit-command.ts';
import { PagedQuery } from '../query/query.dto.ts';
import { ID, PagedReportDto } from '../reports/reports.dto.ts';
import { ChoiceField, IdField, PatternField } from '../shape/fields.ts';

export class AttachEvidenceDto extends CommandBody implements Fields<AttachEvidence> {
  @ChoiceField(EVIDENCE_SUBJECTS, { description: 'What `subjectId` is the id of.' })
  subjectKind!: EvidenceSubject;

  @IdField({ example: 'SH-1' })
  subjectId!: string;
}

/** Documents have no SKU. */
export class DocumentsQueryDto extends OmitType(PagedQuery, ['skuId']) {
  @PatternField(/^[0-9a-f]{64}$/, 'the SHA-256 of a document in lower-case hex', {
    optional: true,
    description: 'Only this document: what it is the evidence of.',
  })
  sha256?: string;

  @PatternField(/^[a-z][a-z-]{0,31}\/[A-Za-z0-9][A-Za-z0-9._:/-]{0,255}$/, 'a stream, such as shipment/SH-1', {
    optional: true,
    example: 'shipment/SH-1',
    description: 'Only documents of events on this stream.',
  })
  stream?: string;
}

export class DocumentItemDto {
  @ApiProperty({ ...ID, example: '14.1', description: 'The event’s position and which of its documents it is.' })
  documentId!: string;
  @ApiProperty({ type: 'integer', minimum: 1 }) position!: number;
  @ApiProperty({ ...ID, description: 'Of the event.' }) type!: string;
  @ApiProperty({ ...ID, example: 'shipment/SH-1' }) stream!: string;
  @ApiProperty({ type: 'string', format: 'uri' }) uri!: string;
  @ApiProperty({ type: 'string', pattern: '^[0-9a-f]{64}$' }) sha256!: string;
  @ApiProperty({ type: 'string', format: 'date' }) effectiveAt!: string;
  @ApiProperty({ type: 'string', format: 'date-time' }) recordedAt!: string;
  @ApiProperty({ type: 'string', description: 'A pseudonym: who gave the document.' }) actor!: string;
  @ApiProperty({ type: 'string', nullable: true, description: 'The company acted for.' }) actingFor!: string | null;
}

export class DocumentsDto extends PagedReportDto {
  @ApiProperty({ type: () => DocumentItemDto, isArray: true })
  items!: DocumentItemDto[];
}
