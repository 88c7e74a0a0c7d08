import { ConfigInvalid } from '#libs/config';
import { readConfig } from './config.ts';

const GIVEN = { DATABASE_URL: 'postgresql://waybill_relay:secret@db/waybill', KAFKA_BROKERS: 'k1:9092,k2:9092' };

describe("the relay's configuration", () => {
  it('needs a database and brokers, and has a default for the rest', () => {
    expect(readConfig(GIVEN)).toEqual({
      databaseUrl: GIVEN.DATABASE_URL,
      brokers: ['k1:9092', 'k2:9092'],
      replicas: null,
      healthHost: '127.0.0.1',
      healthPort: 3011,
      metrics: { host: '127.0.0.1', port: 3111, isGiven: false, token: null },
      logLevel: 'info',
    });
  });

  it.each([
    ['DATABASE_URL', undefined],
    ['DATABASE_URL', 'secret'],
    ['KAFKA_BROKERS', undefined],
    ['KAFKA_BROKERS', 'secret'],
    ['KAFKA_BROKERS', 'k1:9092, k2:9092'],
    ['KAFKA_REPLICAS', '0'],
    ['HEALTH_PORT', '0x10'],
    ['HEALTH_PORT', '65536'],
    ['LOG_LEVEL', 'loud'],
  ])('refuses %s=%s by its name and never shows a value', (variable, text) => {
    const invalid = { ...GIVEN, [variable]: text };
    expect(() => readConfig(invalid)).toThrow(new ConfigInvalid(variable));
    expect(new ConfigInvalid(variable).message).not.toContain('secret');
  });
});
