import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy, type Asked } from '../admission/asked.ts';
import {
  AmendmentPath,
  OrderPath,
  RedirectionPath,
  RequestPath,
  ReturnPath,
  ShipmentPath,
  SitePath,
} from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { AsOfQuery } from '../query/query.dto.ts';
import { AsTagged, AsVersioned, TAGGED } from './as-tagged.ts';
import { ThingReader } from './thing-reader.ts';
import { AmendmentDto, RequestDto, ReturnDto } from './proceedings.dto.ts';
import { OrderDto, RedirectionDto, ShipmentDto, SiteDto } from './things.dto.ts';

/** One thing by its id: what its own events say, who did what when, and the ETag that a command may name. */
@ApiTags('Things')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers/:ledger')
export class ThingsController {
  constructor(private readonly things: ThingReader) {}

  @Get('orders/:orderId')
  @AsTagged()
  @ApiOperation({ operationId: 'order', summary: 'One order: who ordered what of whom, and what happened to it' })
  @ApiOkResponse({ type: OrderDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  order(
    @Param() { ledger, orderId: id }: OrderPath,
    @Query() query: AsOfQuery,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.things.tell(ledger, { kind: 'order', id }, query, asked);
  }

  @Get('shipments/:shipmentId')
  @AsTagged()
  @ApiOperation({ operationId: 'shipment', summary: 'One shipment: whose it is, where it goes, what happened to it' })
  @ApiOkResponse({ type: ShipmentDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  shipment(
    @Param() { ledger, shipmentId: id }: ShipmentPath,
    @Query() query: AsOfQuery,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.things.tell(ledger, { kind: 'shipment', id }, query, asked);
  }

  @Get('redirections/:redirectionId')
  @AsVersioned()
  @ApiOperation({
    operationId: 'redirection',
    summary: 'One redirection as it was proposed, and what happened to it; its statement is in `redirections`',
  })
  @ApiOkResponse({ type: RedirectionDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  redirection(
    @Param() { ledger, redirectionId: id }: RedirectionPath,
    @Query() query: AsOfQuery,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.things.tell(ledger, { kind: 'redirection', id }, query, asked);
  }

  @Get('sites/:siteId')
  @AsTagged()
  @ApiOperation({
    operationId: 'site',
    summary: 'One site and what happened to its capacity; its load is in `site-load`',
  })
  @ApiOkResponse({ type: SiteDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  site(@Param() { ledger, siteId: id }: SitePath, @Query() query: AsOfQuery, @AskedBy() asked: Asked): Promise<object> {
    return this.things.tell(ledger, { kind: 'site', id }, query, asked);
  }

  @Get('amendments/:amendmentId')
  @AsTagged()
  @ApiOperation({
    operationId: 'amendment',
    summary: 'One amendment: what it would change of an order, and who decided',
  })
  @ApiOkResponse({ type: AmendmentDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  amendment(
    @Param() { ledger, amendmentId: id }: AmendmentPath,
    @Query() query: AsOfQuery,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.things.tell(ledger, { kind: 'amendment', id }, query, asked);
  }

  @Get('returns/:returnId')
  @AsTagged()
  @ApiOperation({ operationId: 'return', summary: 'One return: which units go back to whom, and whether they arrived' })
  @ApiOkResponse({ type: ReturnDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  return(
    @Param() { ledger, returnId: id }: ReturnPath,
    @Query() query: AsOfQuery,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.things.tell(ledger, { kind: 'return', id }, query, asked);
  }

  @Get('requests/:requestId')
  @AsTagged()
  @ApiOperation({ operationId: 'request', summary: 'One command under four eyes: what is asked for, and who decided' })
  @ApiOkResponse({ type: RequestDto, headers: TAGGED })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  request(
    @Param() { ledger, requestId: id }: RequestPath,
    @Query() query: AsOfQuery,
    @AskedBy() asked: Asked,
  ): Promise<object> {
    return this.things.tell(ledger, { kind: 'request', id }, query, asked);
  }
}
