export { AccessLog, type CrossCompanyRead } from './actors/access-log.ts';
export { ActorBook } from './actors/actor-book.ts';
export { admissionTo, POLICY, READS_ACROSS_COMPANIES, type Admission } from './policy.ts';
export * from './principal.ts';
export { createBearerCheck, type BearerCheck, type BearerCheckOptions } from './tokens/bearer-check.ts';
export { DEMO_ALGORITHM, DemoIssuer, type AccessToken, type DemoIssuerOptions } from './tokens/demo-issuer.ts';
export { IssuerUnavailable, TokenRefused } from './tokens/errors.ts';
export { REQUESTABLE_ROUTES } from './request-scope.ts';
export { scopeOf, type Scope } from './scope.ts';
