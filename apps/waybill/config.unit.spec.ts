import { join } from 'node:path';
import { ConfigInvalid } from '#libs/config';
import { readConfig } from './config.ts';

describe('readConfig', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toEqual({
      port: 3000,
      dataFolder: join(process.cwd(), '.waybill'),
      databaseUrl: null,
      kafkaBrokers: null,
      metrics: { host: '127.0.0.1', port: 3100, isGiven: false, token: null },
    });
  });

  it('takes what is said', () => {
    const environment = {
      PORT: '8080',
      WAYBILL_DATA: '/var/lib/books',
      DATABASE_URL: 'postgresql://owner@db:5432/waybill',
      KAFKA_BROKERS: 'a:9092, b:9092',
    };
    expect(readConfig(environment)).toEqual({
      port: 8080,
      dataFolder: '/var/lib/books',
      databaseUrl: 'postgresql://owner@db:5432/waybill',
      kafkaBrokers: ['a:9092', 'b:9092'],
      metrics: { host: '127.0.0.1', port: 3100, isGiven: false, token: null },
    });
  });

  it.each([
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '0x10'],
    ['PORT', ' 80'],
    ['DATABASE_URL', 'mysql://owner:s3cret@db/waybill'],
    ['DATABASE_URL', 's3cret'],
    ['KAFKA_BROKERS', 'broker'],
    ['KAFKA_BROKERS', 'a:9092,'],
  ])('refuses %s=%s without repeating it', (variable, value) => {
    const refusal = refusalOf({ [variable]: value });
    expect(refusal).toMatchObject({ code: 'CONFIG_INVALID', variable });
    expect(refusal?.message).not.toContain(value);
  });
});

function refusalOf(environment: Record<string, string>): ConfigInvalid | null {
  try {
    readConfig(environment);
    return null;
  } catch (error) {
    if (error instanceof ConfigInvalid) return error;
    throw error;
  }
}
