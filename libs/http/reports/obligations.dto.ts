import { ApiProperty } from '@nestjs/swagger';
import { DAY_OR_NULL, ID, PagedReportDto, ReportDto, UNITS } from './reports.dto.ts';

export class ExposureItemDto {
  @ApiProperty(ID) debtorId!: string;
  @ApiProperty(ID) creditorId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty(UNITS) units!: number;
}

export class NetExposureDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({ ...UNITS, description: `What it is owed less what it owes. ${UNITS.description}` }) units!: number;
}

export class ExposuresDto extends ReportDto {
  @ApiProperty({ type: () => ExposureItemDto, isArray: true })
  items!: ExposureItemDto[];

  @ApiProperty({ type: () => NetExposureDto, isArray: true })
  net!: NetExposureDto[];
}

const DAY = { type: 'string', format: 'date' } as const;
const ID_OR_NULL = { type: 'string', nullable: true } as const;
const QUANTITY = { type: 'integer', minimum: 0 } as const;
const ACTOR = { type: 'string', description: 'A pseudonym.' } as const;

export class RedirectionLegDto {
  @ApiProperty({ type: 'integer', minimum: 1 }) leg!: number;
  @ApiProperty({ ...ID_OR_NULL, description: 'Null: what was open of the tranche.' }) shipmentId!: string | null;
  @ApiProperty(ID) orderId!: string;
  @ApiProperty(ID) trancheId!: string;
  @ApiProperty(ID) skuId!: string;
  @ApiProperty(ID) fromCompanyId!: string;
  @ApiProperty(ID_OR_NULL) fromSiteId!: string | null;
  @ApiProperty(ID) toCompanyId!: string;
  @ApiProperty(ID) toSiteId!: string;
  @ApiProperty({ ...DAY, description: 'When the units were expected as it was proposed.' }) expectedDate!: string;
  @ApiProperty(QUANTITY) quantity!: number;
  @ApiProperty(QUANTITY) delivered!: number;
  @ApiProperty({ ...QUANTITY, description: 'On to another leg, or cancelled.' }) gone!: number;
  @ApiProperty({ ...QUANTITY, description: 'Still to be delivered; 0 within one company.' }) outstanding!: number;
  @ApiProperty({ description: 'The companies share their topmost parent or who controls them.' }) related!: boolean;
}

export class RedirectionApprovalDto {
  @ApiProperty(ID) companyId!: string;
  @ApiProperty(ACTOR) actor!: string;
  @ApiProperty(DAY) on!: string;
}

export class RedirectionItemDto {
  @ApiProperty(ID) redirectionId!: string;
  @ApiProperty({ enum: ['proposed', 'active', 'delivered', 'rejected', 'withdrawn'] }) status!: string;
  @ApiProperty({ type: 'string' }) reason!: string;
  @ApiProperty(ACTOR) proposedBy!: string;
  @ApiProperty(DAY) proposedOn!: string;
  @ApiProperty(DAY_OR_NULL) activatedOn!: string | null;
  @ApiProperty({ type: 'array', items: ID, description: 'The companies that must approve.' }) parties!: string[];
  @ApiProperty({ type: () => RedirectionApprovalDto, isArray: true }) approvals!: RedirectionApprovalDto[];
  @ApiProperty({ description: 'Every leg stays among related companies.' }) related!: boolean;
  @ApiProperty({ type: () => RedirectionLegDto, isArray: true }) legs!: RedirectionLegDto[];
}

export class RedirectionsDto extends PagedReportDto {
  @ApiProperty({ type: () => RedirectionItemDto, isArray: true })
  items!: RedirectionItemDto[];
}

const FIGURE = {
  oneOf: UNITS.oneOf,
  description: 'Units, or cents of spendCents; digits in a string beyond 2^53 − 1.',
};

export class ClaimItemDto {
  @ApiProperty(ID) claimId!: string;
  @ApiProperty(ID) companyId!: string;
  @ApiProperty({ ...ID_OR_NULL, description: 'Null: all SKUs, or money.' }) skuId!: string | null;
  @ApiProperty({ enum: ['accepted', 'energised', 'supplyBy', 'spendCents'] }) metric!: string;
  @ApiProperty({ type: 'integer' }) low!: number;
  @ApiProperty({ type: 'integer' }) high!: number;
  @ApiProperty(DAY) statedOn!: string;
  @ApiProperty({ ...DAY_OR_NULL, description: 'Of supplyBy: the day by which.' }) horizon!: string | null;
  @ApiProperty({ type: 'string' }) speaker!: string;
  @ApiProperty({ type: 'string' }) source!: string;
  @ApiProperty({ type: 'string' }) quote!: string;
  @ApiProperty({ ...FIGURE, description: `As true on the day stated, or of all days for supplyBy and spendCents.` })
  ledger!: number;
  @ApiProperty({ ...FIGURE, description: 'What the ledger lacks below low (negative) or has above high.' })
  gap!: number;
  @ApiProperty(FIGURE) atStatedOn!: number;
  @ApiProperty({ ...FIGURE, description: 'Of all days.' }) now!: number;
}

export class ClaimsDto extends PagedReportDto {
  @ApiProperty({ type: () => ClaimItemDto, isArray: true })
  items!: ClaimItemDto[];
}
