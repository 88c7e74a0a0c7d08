import { Body, Controller, HttpCode, Module, Param, Post } from '@nestjs/common';
import { LedgerPath, PlaceOrderDto } from '#libs/http';

/** Where orders are placed, without placing them: the token and the same DTO are checked, and an answer of the same shape is given. */
@Controller('v1/ledgers/:ledger/orders')
class NoOpController {
  @Post()
  @HttpCode(201)
  noOp(@Param() { ledger }: LedgerPath, @Body() { orderId }: PlaceOrderDto): object {
    const stream = `order/${orderId}`;
    return { position: 1, version: 1, events: [{ position: 1, type: ledger, stream, version: 1 }] };
  }
}

@Module({ controllers: [NoOpController] })
export class NoOpEdge {}
