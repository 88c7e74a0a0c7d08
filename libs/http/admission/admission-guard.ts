import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { admissionTo, type BearerCheck } from '#libs/access';
import { bodyViolations } from '../json/body-parser.ts';
import { edgeProblem } from '../problem/problem.ts';
import { admit, routeOf } from './asked.ts';
import type { CallerRates } from './caller-rates.ts';

/** The checks before any controller, in the order that clients are promised: HTTP as agreed (400), token (401), rate (429), role (403), JSON values (422). */
@Injectable()
export class AdmissionGuard implements CanActivate {
  constructor(
    private readonly bearer: BearerCheck,
    private readonly rates: CallerRates,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const admission = admissionTo(routeOf(request));
    if (admission === undefined) throw new TypeError(`${routeOf(request)} is not in the policy`);
    if (admission === 'public') return this.admitAnyone(request);
    refuseUnagreedHttp(request);
    const principal = await this.bearer(request.headers.authorization);
    admit(request, principal);
    this.rates.take(principal.subject);
    if (!admission.includes(principal.role)) throw edgeProblem('ROLE_REFUSED', { fields: { role: principal.role } });
    refuseViolations(request);
    return true;
  }

  private admitAnyone(request: FastifyRequest): true {
    this.rates.take(`address ${request.ip}`);
    refuseViolations(request);
    return true;
  }
}

const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,128}$/;

/** A command with a parameter that is not understood (`?dryRun=true`) must not be carried out as if it were not there; nor one with a condition. */
function refuseUnagreedHttp({ method, headers, query }: FastifyRequest): void {
  if (method !== 'POST') return;
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) throw edgeProblem('IDEMPOTENCY_KEY_INVALID');
  if (headers['if-match'] !== undefined || headers['if-none-match'] !== undefined)
    throw edgeProblem('PRECONDITION_UNSUPPORTED');
  const [parameter] = Object.keys(query as object);
  if (parameter !== undefined)
    throw edgeProblem('QUERY_INVALID', { errors: [{ pointer: `/${parameter}`, detail: 'is not known here' }] });
}

function refuseViolations(request: FastifyRequest): void {
  const errors = bodyViolations(request);
  if (errors.length > 0) throw edgeProblem('VALIDATION_FAILED', { errors });
}
