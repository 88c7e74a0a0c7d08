import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { ProblemPath } from './problem-path.dto.ts';
import { knownProblemPage } from '../problem/problem-page.ts';
import { Readiness } from './readiness.ts';

const STATUS = { type: 'object', properties: { status: { type: 'string' } }, required: ['status'] };
const READY = {
  ...STATUS,
  properties: {
    ...STATUS.properties,
    haltedLedgers: {
      type: 'integer',
      description: 'Ledgers whose read models stand still before an event; `waybill halts list` names them',
    },
  },
};

@ApiTags('Service')
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('health/live')
  @ApiOperation({ operationId: 'live', summary: 'Whether the process runs' })
  @ApiOkResponse({ schema: STATUS })
  @ProblemAnswers(429)
  live(): object {
    return { status: 'live' };
  }

  @Get('health/ready')
  @ApiOperation({ operationId: 'ready', summary: 'Whether it can serve: its databases answer' })
  @ApiOkResponse({ schema: READY })
  @ProblemAnswers(429, 503)
  ready(): Promise<object> {
    return this.readiness.check();
  }

  @Get('problems/:code')
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiOperation({ operationId: 'problem', summary: 'What a problem code means' })
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ProblemAnswers(404, 422, 429)
  problem(@Param() { code }: ProblemPath): string {
    return knownProblemPage(code);
  }
}
