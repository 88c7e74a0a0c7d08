import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { admissionTo, type BearerCheck } from '#libs/access';
import { bodyViolations } from '../json/body-parser.ts';
import { edgeProblem } from '../problem/problem.ts';
import { admit, routeOf } from './asked.ts';
import type { CallerRates } from './caller-rates.ts';
import { conditionsOf } from './conditions.ts';

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

/** A command with a parameter or a condition that is not understood must not be carried out as if it were not there. */
function refuseUnagreedHttp(request: FastifyRequest): void {
  if (request.method !== 'POST') return;
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) throw edgeProblem('IDEMPOTENCY_KEY_INVALID');
  conditionsOf(request);
}

function refuseViolations(request: FastifyRequest): void {
  const errors = bodyViolations(request);
  if (errors.length > 0) throw edgeProblem('VALIDATION_FAILED', { errors });
}
