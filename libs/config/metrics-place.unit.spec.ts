import { ConfigInvalid, metricsPlace } from './index.ts';

const TOKEN = 'k'.repeat(32);

describe('where metrics are told', () => {
  it('is this machine alone, unless said otherwise', () => {
    expect(metricsPlace({}, 3101)).toEqual({ host: '127.0.0.1', port: 3101, isGiven: false, token: null });
    expect(metricsPlace({ METRICS_HOST: '', METRICS_PORT: '', METRICS_TOKEN: '' }, 3101)).toEqual(
      metricsPlace({}, 3101),
    );
    expect(metricsPlace({ METRICS_PORT: '9000' }, 3101)).toMatchObject({ port: 9000, isGiven: true });
    expect(metricsPlace({ METRICS_HOST: '0.0.0.0', METRICS_TOKEN: TOKEN }, 1)).toMatchObject({ token: TOKEN });
  });

  it.each([
    ['METRICS_TOKEN', { METRICS_HOST: '0.0.0.0' }],
    ['METRICS_TOKEN', { METRICS_HOST: '10.0.0.1', METRICS_TOKEN: 'short-secret' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'short-secret' }],
    ['METRICS_TOKEN', { METRICS_HOST: '127.0.0.1.example.org' }],
    ['METRICS_PORT', { METRICS_PORT: '65536' }],
  ])('is refused by the name of %s and never shows a value', (variable, environment) => {
    expect(() => metricsPlace(environment, 1)).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID', variable }));
    expect(() => metricsPlace(environment, 1)).not.toThrow(/secret|65536/);
    expect(() => metricsPlace(environment, 1)).toThrow(ConfigInvalid);
  });
});
