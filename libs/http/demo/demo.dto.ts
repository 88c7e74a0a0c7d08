import { ApiProperty } from '@nestjs/swagger';
import { PatternField } from '../shape/fields.ts';

export class DemoTokenDto {
  @PatternField(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,80}$/,
    'COMPANY-ROLE or a group-wide role, with .PERSON where several have it',
    { example: 'tesla-cfo' },
  )
  actor!: string;
}

export class AccessTokenDto {
  @ApiProperty()
  access_token!: string;

  @ApiProperty({ enum: ['Bearer'] })
  token_type!: string;

  @ApiProperty({ type: 'integer', description: 'Seconds.' })
  expires_in!: number;
}
