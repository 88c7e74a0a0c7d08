import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
  UseInterceptors,
} from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';
import { map, type Observable } from 'rxjs';
import { edgeProblem } from '../../problem/problem.ts';
import { columnsOf, type Column } from './columns.ts';
import { csvOf } from './csv.ts';
import { parquetOf } from './parquet.ts';
import type { Row } from './rows.ts';

const JSON_TYPE = 'application/json';
const CSV_TYPE = 'text/csv';
const PARQUET_TYPE = 'application/vnd.apache.parquet';

/** A report whose rows, of class `item`, are told as JSON, CSV or Parquet, as `Accept` prefers. */
export const Tabular = (item: Type) =>
  applyDecorators(UseInterceptors(new TabularInterceptor(item)), ApiProduces(JSON_TYPE, CSV_TYPE, PARQUET_TYPE));

interface Report {
  readonly fromPosition?: number;
  readonly asOfPosition: number;
  readonly validAt?: string | null;
  readonly items: readonly Row[];
}

/** What stands beside the items of a JSON answer stands in headers of the others. */
class TabularInterceptor implements NestInterceptor<Report, Report | string | Buffer> {
  private known: readonly Column[] | null = null;

  constructor(private readonly item: Type) {}

  intercept(context: ExecutionContext, next: CallHandler<Report>): Observable<Report | string | Buffer> {
    const http = context.switchToHttp();
    const type = new Negotiator(http.getRequest<FastifyRequest>()).mediaType([JSON_TYPE, CSV_TYPE, PARQUET_TYPE]);
    if (type === undefined) throw edgeProblem('NOT_ACCEPTABLE');
    if (type === JSON_TYPE) return next.handle();
    this.known ??= columnsOf(this.item);
    const columns = this.known;
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(map((report) => told(report, type, columns, reply)));
  }
}

function told(report: Report, type: string, columns: readonly Column[], reply: FastifyReply): string | Buffer {
  const { fromPosition, asOfPosition, validAt, items } = report;
  if (fromPosition !== undefined) reply.header('from-position', fromPosition);
  reply.header('as-of-position', asOfPosition);
  if (typeof validAt === 'string') reply.header('valid-at', validAt);
  if (type === PARQUET_TYPE) {
    reply.header('content-type', PARQUET_TYPE);
    return parquetOf(columns, items);
  }
  reply.header('content-type', `${CSV_TYPE}; charset=utf-8; header=present`);
  return csvOf(columns, items);
}
