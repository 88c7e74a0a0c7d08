import pg from 'pg';

/**
 * `SQLSTATE_…` when PostgreSQL refuses the rows for what they say (class 22, data exception; 23, integrity), as it would
 * again; null for every other error.
 */
export function refusalCode(error: unknown): string | null {
  if (!(error instanceof pg.DatabaseError) || error.code === undefined) return null;
  return /^(22|23)/.test(error.code) ? `SQLSTATE_${error.code}` : null;
}
