import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DemoIssuer, type AccessToken } from '#libs/access';
import { ProblemAnswers } from '../problem/problem-answers.ts';
import { AccessTokenDto, DemoTokenDto } from './demo.dto.ts';
import { knownActor } from './known-actor.ts';

/** Exists only where the demo issuer is on. */
@ApiTags('Demo')
@Controller('demo')
export class DemoController {
  constructor(private readonly issuer: DemoIssuer) {}

  @Post('token')
  @HttpCode(200)
  @ApiOperation({ operationId: 'demoToken', summary: 'Sign in as a demo actor' })
  @ApiOkResponse({ type: AccessTokenDto })
  @ProblemAnswers(400, 404, 413, 415, 422, 429)
  async token(@Body() { actor }: DemoTokenDto): Promise<AccessToken> {
    return knownActor(actor, await this.issuer.token(actor));
  }

  @Get('jwks.json')
  @ApiOperation({ operationId: 'demoKeys', summary: 'The public keys of the demo issuer' })
  @ApiOkResponse({ schema: { type: 'object' } })
  @ProblemAnswers(400, 429)
  keys(): object {
    return this.issuer.jwks;
  }
}
