import { ApiProperty } from '@nestjs/swagger';
import { ID, ReportDto, UNITS } from './reports.dto.ts';

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
