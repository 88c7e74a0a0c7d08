import { ConfigInvalid, logLevel, matching, portOr, required, requiredBrokers, requiredUrl } from './index.ts';

const SAID = {
  NAME: 'secret',
  URL: 'https://id.example/keys',
  PORT: '65535',
  BROKERS: 'k1:9092,k2:9092',
  LOG_LEVEL: 'warn',
};

describe('variables of the environment', () => {
  it('are read as what they are for', () => {
    expect(required(SAID, 'NAME')).toBe('secret');
    expect(requiredUrl(SAID, 'URL').href).toBe('https://id.example/keys');
    expect([portOr(SAID, 'PORT', 3000), portOr({}, 'PORT', 3000)]).toEqual([65_535, 3000]);
    expect(requiredBrokers(SAID, 'BROKERS')).toEqual(['k1:9092', 'k2:9092']);
    expect([logLevel(SAID), logLevel({})]).toEqual(['warn', 'info']);
    expect(matching('NAME', 'a', (text) => text === 'a')).toBe('a');
  });

  it.each([
    ['NAME', () => required({ NAME: '' }, 'NAME')],
    ['URL', () => requiredUrl({ URL: 'secret' }, 'URL')],
    ['PORT', () => portOr({ PORT: '65536' }, 'PORT', 0)],
    ['PORT', () => portOr({ PORT: '0x1' }, 'PORT', 0)],
    ['BROKERS', () => requiredBrokers({}, 'BROKERS')],
    ['BROKERS', () => requiredBrokers({ BROKERS: 'k1:9092, k2:9092' }, 'BROKERS')],
    ['LOG_LEVEL', () => logLevel({ LOG_LEVEL: 'secret' })],
    ['NAME', () => matching('NAME', 'secret', () => false)],
  ])('are refused by name: %s', (variable, read) => {
    expect(read).toThrow(new ConfigInvalid(variable));
  });

  it('are refused without their value', () => {
    expect(new ConfigInvalid('NAME').message).toBe('NAME is missing or wrong');
    expect(new ConfigInvalid('NAME', 'a port').message).toBe('NAME must be a port');
  });
});
