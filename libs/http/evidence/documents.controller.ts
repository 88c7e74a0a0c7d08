import { Controller, Get, Param, Query, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { documentsReport } from '#libs/read-models';
import { AskedBy, type Asked } from '../admission/asked.ts';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { NEXT_LINK, NextLinkInterceptor } from '../reports/next-link-interceptor.ts';
import { ReportReader } from '../reports/report-reader.ts';
import { Tabular } from '../reports/tables/tabular.ts';
import { DocumentItemDto, DocumentsDto, DocumentsQueryDto } from './evidence.dto.ts';

/** What everything that was done rests on. */
@ApiTags('Evidence')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class DocumentsController {
  constructor(private readonly reports: ReportReader) {}

  @Get('evidence')
  @UseInterceptors(NextLinkInterceptor)
  @ApiOperation({
    operationId: 'evidence',
    summary:
      'Every document that an event names as its evidence, in the order of the ledger; or what one document is evidence of',
  })
  @Tabular(DocumentItemDto)
  @ApiOkResponse({ type: DocumentsDto, headers: NEXT_LINK })
  @ProblemAnswers(400, 401, 403, 404, 406, 422, 429, 503)
  evidence(
    @Param() { ledger }: LedgerPath,
    @Query() query: DocumentsQueryDto,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.reports.pageOf(ledger, query, asked, {
      read: (db, { afterId, ...filter }) => documentsReport(db, ledger, { ...filter, afterDocumentId: afterId }),
      idOf: ({ documentId }) => documentId,
    });
  }
}
