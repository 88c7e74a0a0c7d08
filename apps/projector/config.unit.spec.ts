import { ConfigInvalid } from '#libs/config';
import { readConfig } from './config.ts';

const GIVEN = { DATABASE_URL: 'postgresql://waybill_projector:secret@db/waybill', KAFKA_BROKERS: 'k1:9092,k2:9092' };

describe("the projector's configuration", () => {
  it('needs a database, and has a default for the rest', () => {
    expect(readConfig(GIVEN)).toEqual({
      databaseUrl: GIVEN.DATABASE_URL,
      brokers: ['k1:9092', 'k2:9092'],
      groupId: 'waybill-projector',
      healthHost: '127.0.0.1',
      healthPort: 3012,
      metrics: { host: '127.0.0.1', port: 3112, isGiven: false, token: null },
      logLevel: 'info',
    });
  });

  it('feeds from the ledger where no brokers are named', () => {
    expect(readConfig({ DATABASE_URL: GIVEN.DATABASE_URL })).toMatchObject({ brokers: null });
  });

  it.each([
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'secret'],
    ['KAFKA_BROKERS', ''],
    ['KAFKA_BROKERS', 'secret'],
    ['KAFKA_GROUP', 'a group'],
    ['HEALTH_PORT', '0x10'],
    ['HEALTH_PORT', '65536'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by its name and never shows a value', (variable, text) => {
    expect(() => readConfig({ ...GIVEN, [variable]: text })).toThrow(new ConfigInvalid(variable));
    expect(new ConfigInvalid(variable).message).not.toContain('secret');
  });
});
