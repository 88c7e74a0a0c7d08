import pg from 'pg';
import { DatabaseUnavailable, LedgerUnknown } from './errors.ts';
import { failureOf, saysUnavailable, unavailable } from './database-failure.ts';

const stateOf = (code: string) => Object.assign(new pg.DatabaseError('', 0, 'error'), { code });

describe('a failure of the database', () => {
  it.each([
    ['08006', 'connection_failure'],
    ['25006', 'read_only_sql_transaction: a standby'],
    ['25P03', 'idle_in_transaction_session_timeout'],
    ['25P04', 'transaction_timeout'],
    ['40P01', 'deadlock_detected'],
    ['53100', 'disk_full'],
    ['53300', 'too_many_connections'],
    ['55P03', 'lock_not_available'],
    ['57014', 'query_canceled'],
    ['57P01', 'admin_shutdown'],
    ['57P03', 'cannot_connect_now'],
    ['58030', 'io_error'],
  ])('%s (%s) passes', (code) => {
    expect(failureOf(stateOf(code))).toBe('unreachable');
  });

  it.each([
    ['22P05', 'untranslatable_character'],
    ['23505', 'unique_violation'],
    ['42501', 'insufficient_privilege'],
    ['42883', 'undefined_function'],
    ['54000', 'program_limit_exceeded'],
    ['WB002', 'not read committed'],
  ])('%s (%s) stays', (code) => {
    expect(failureOf(stateOf(code))).toBe('refused');
  });

  it('without a state is a broken connection, unless it is our own fault', () => {
    expect(failureOf(new Error('Connection terminated unexpectedly'))).toBe('unreachable');
    expect(failureOf(Object.assign(new Error(), { code: 'ECONNREFUSED' }))).toBe('unreachable');
    expect(failureOf(new TypeError())).toBe('refused');
    expect(failureOf(new RangeError())).toBe('refused');
    expect(failureOf(new LedgerUnknown('x'))).toBe('refused');
    expect(failureOf('a string')).toBe('refused');
  });
});

describe('a database that does not answer', () => {
  it('is told from what has a class of its own, and from what PostgreSQL refuses', () => {
    const broke = new Error('Connection terminated unexpectedly');
    expect(unavailable(broke)).toMatchObject({ code: 'DATABASE_UNAVAILABLE', retriable: true, cause: broke });
    expect(unavailable(stateOf('57P01'))).toBeInstanceOf(DatabaseUnavailable);
    for (const other of [stateOf('23505'), new LedgerUnknown('L'), new TypeError('ours'), 'text']) {
      expect(unavailable(other)).toBe(other);
    }
  });

  it('is heard of as such by clients; an error that is ours never', () => {
    expect([stateOf('53300'), new DatabaseUnavailable(null)].map(saysUnavailable)).toEqual([true, true]);
    expect([stateOf('23505'), new Error('ours'), new LedgerUnknown('L')].map(saysUnavailable)).toEqual([
      false,
      false,
      false,
    ]);
  });
});
