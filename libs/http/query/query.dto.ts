import { Transform } from 'class-transformer';
import { applyDecorators } from '@nestjs/common';
import { OmitType } from '@nestjs/swagger';
import { INSTANT_PATTERN, MOMENT_PATTERN } from '../shape/days-and-instants.ts';
import { DayField, IdField, IntegerField, PatternField } from '../shape/fields.ts';

/** A query parameter of digits alone becomes a number; anything else stays as it is and fails its rule. */
export const CountParameter = (least: number, most: number, description: string) =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' && /^(0|[1-9]\d{0,15})$/.test(value) ? Number(value) : value,
    ),
    IntegerField({ least, most, optional: true, description }),
  );

const MOMENT = 'a position, or an instant such as 2024-06-06T12:00:00Z';

/** Of every report. */
export class AsOfQuery {
  @PatternField(MOMENT_PATTERN, MOMENT, {
    optional: true,
    description: 'What was known: at a position, or at an RFC 3339 instant. The latest when left out.',
  })
  asOf?: string;

  @CountParameter(0, Number.MAX_SAFE_INTEGER, 'Waits, some seconds at most, until the report has this position.')
  minPosition?: number;
}

export class ReportQuery extends AsOfQuery {
  @DayField({ optional: true, description: 'What was true on a day. All days when left out.' })
  validAt?: string;

  @IdField({ optional: true })
  companyId?: string;

  @IdField({ optional: true })
  skuId?: string;

  @IdField({ optional: true })
  siteId?: string;
}

export class FundsQueryDto extends AsOfQuery {
  @DayField({ optional: true, description: 'What was true on a day. All days when left out.' })
  validAt?: string;

  @IdField({ optional: true })
  companyId?: string;
}

export class SlippageQueryDto extends FundsQueryDto {
  @IdField({ optional: true })
  skuId?: string;
}

export class SitesQueryDto extends FundsQueryDto {
  @IdField({ optional: true })
  siteId?: string;

  @DayField({
    optional: true,
    description: 'The first day looked at; the latest that anything was effective on when left out.',
  })
  from?: string;
}

export class SiteLoadQueryDto extends SitesQueryDto {
  @DayField({ optional: true, description: 'The last day; 30 days after the first when left out.' })
  to?: string;
}

export class IdlenessQueryDto extends AsOfQuery {
  @IdField({ optional: true })
  companyId?: string;

  @IdField({ optional: true })
  siteId?: string;

  @DayField({
    optional: true,
    description: 'The first day not counted; the latest that anything was effective on when left out.',
  })
  until?: string;
}

export class ExposuresQueryDto extends SlippageQueryDto {}

export class PositionsQueryDto extends ReportQuery {
  @PatternField(/^site$/, '"site"', { optional: true, description: 'Splits the figures by site.' })
  by?: string;
}

/** Of a report that is answered page by page. */
export class PagedQuery extends SlippageQueryDto {
  @CountParameter(1, 500, 'Items a page, 500 when left out.')
  limit?: number;

  @PatternField(/^[\w-]{1,500}\.[\w-]{43}$/, 'the cursor of an answer', {
    optional: true,
    description: 'nextCursor of the page before, with the same filter and asOf.',
  })
  cursor?: string;
}

export class ScheduleQueryDto extends PagedQuery {
  @IdField({ optional: true })
  siteId?: string;
}

export class RedirectionsQueryDto extends ScheduleQueryDto {}

/** Two moments instead of one. */
export class DifferencesQueryDto extends OmitType(ScheduleQueryDto, ['asOf']) {
  @PatternField(MOMENT_PATTERN, MOMENT, {
    description: 'What was known before: at a position, 0 for nothing, or at an RFC 3339 instant.',
  })
  from!: string;

  @PatternField(MOMENT_PATTERN, MOMENT, {
    optional: true,
    description: 'What was known after: at a position, or at an RFC 3339 instant. The latest when left out.',
  })
  to?: string;
}

/** What differs between a ledger and a branch of it. */
export class BranchDifferencesQueryDto extends OmitType(DifferencesQueryDto, ['from']) {
  @PatternField(MOMENT_PATTERN, MOMENT, {
    optional: true,
    description: 'Which moment of the ledger: a position, or an RFC 3339 instant. The latest when left out.',
  })
  from?: string;

  @CountParameter(
    0,
    Number.MAX_SAFE_INTEGER,
    'Waits, some seconds at most, until the reports of both have this position, as far as each goes.',
  )
  override minPosition?: number;
}

/** A claim names its own day. */
export class ClaimsQueryDto extends OmitType(PagedQuery, ['validAt']) {}

const InstantParameter = (description: string) =>
  PatternField(INSTANT_PATTERN, 'an instant such as 2024-06-06T12:00:00.123Z', {
    optional: true,
    description,
  });

/** Events that are looked for, wherever they are read. */
export class LiveEventsQueryDto {
  @CountParameter(0, Number.MAX_SAFE_INTEGER, 'The position after which to read, 0 when left out.')
  after?: number;

  @PatternField(/^[A-Z][A-Za-z]{0,63}$/, 'an event type', { optional: true, example: 'OrderPlaced' })
  type?: string;

  @PatternField(/^[a-z][a-z-]{0,31}\/[A-Za-z0-9][A-Za-z0-9._:/-]{0,255}$/, 'a stream, such as order/PO-T1', {
    optional: true,
    example: 'order/PO-T1',
  })
  stream?: string;

  @PatternField(/^[\x21-\x7e]{1,128}$/, 'the pseudonym of an actor', { optional: true })
  actor?: string;

  @PatternField(/^[\x21-\x7e]{1,128}$/, 'a correlation id', { optional: true })
  correlationId?: string;
}

export class EventsQueryDto extends LiveEventsQueryDto {
  @CountParameter(1, 500, 'Events a page, 500 when left out.')
  limit?: number;

  @InstantParameter('Recorded at this instant or later, to the millisecond.')
  recordedFrom?: string;

  @InstantParameter('Recorded at this instant or before, to the millisecond.')
  recordedUntil?: string;
}
