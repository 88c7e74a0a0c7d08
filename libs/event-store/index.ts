export * from './errors.ts';
export * from './migrate.ts';
export * from './roles.ts';
export * from './server-checks.ts';
export type * from './queryable.ts';
export type * from './types.ts';
