import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { LedgerPath } from '../commands/paths.ts';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { LedgerList } from './ledger-list.ts';
import { LedgerDto, LedgersDto } from './listed-ledgers.dto.ts';

@ApiTags('Ledgers')
@ApiBearerAuth('bearer')
@Controller('v1/ledgers')
export class LedgersController {
  constructor(private readonly ledgers: LedgerList) {}

  @Get()
  @ApiOperation({ operationId: 'ledgers', summary: 'The ledgers of the group' })
  @ApiOkResponse({ type: LedgersDto })
  @ProblemAnswers(400, 401, 403, 429, 503)
  all(): Promise<object> {
    return this.ledgers.all();
  }

  @Get(':ledger')
  @ApiOperation({ operationId: 'ledger', summary: 'One ledger' })
  @ApiOkResponse({ type: LedgerDto })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  one(@Param() { ledger }: LedgerPath): Promise<object> {
    return this.ledgers.one(ledger);
  }

  @Get(':ledger/branches')
  @ApiOperation({ operationId: 'branches', summary: 'The what-ifs that go on from this ledger' })
  @ApiOkResponse({ type: LedgersDto })
  @ProblemAnswers(400, 401, 403, 404, 422, 429, 503)
  branches(@Param() { ledger }: LedgerPath): Promise<object> {
    return this.ledgers.branchesOf(ledger);
  }
}
