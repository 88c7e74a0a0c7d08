import { jest } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { roleUrl } from '#libs/event-store';
import { freePort, startThrowAwayServers, type ThrowAwayServers } from '#libs/local-servers';
import { waybill, waybillWith } from './e2e/command-line.fixture.spec.ts';
import { PROJECT } from './e2e/running-waybill.fixture.spec.ts';
import { ServiceProcess } from './e2e/service-process.fixture.spec.ts';

jest.setTimeout(240_000);

const FOLDER = 'apps/waybill/scenarios';

/** The services as they are deployed: a process each, a database role each, one origin in front. */
describe('procurement-api, relay, projector and ops-api as four processes', () => {
  let servers: ThrowAwayServers;
  let folder: string;
  let url: string;
  const services = new Map<string, ServiceProcess>();
  const metricsPorts = new Map<string, number>();

  beforeAll(async () => {
    servers = await startThrowAwayServers({ postgres: true, kafka: true });
    folder = await mkdtemp(join(tmpdir(), 'waybill-services-'));
    expect(await waybillWith({ DATABASE_URL: ownerUrl() }, 'migrate')).toMatchObject({ exitCode: 0 });
    const ports = { origin: await freePort(0), commands: await freePort(0) };
    url = `http://127.0.0.1:${ports.origin}`;
    await start('ops-api', opsApi(ports), url);
    await start('procurement-api', procurementApi(ports), `http://127.0.0.1:${ports.commands}`);
    await startBehind('relay', 'waybill_relay');
    await startBehind('projector', 'waybill_projector');
  });

  afterAll(async () => {
    await Promise.all([...services.values()].map((service) => service.dispose()));
    await servers?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('play the story through one origin', async () => {
    const { exitCode, stdout } = await play('redirected-h100s');
    expect(stdout).toContain('redirected-h100s: 55 of 55 steps');
    expect(exitCode).toBe(0);
  });

  it('go on where they were when relay and projector are killed in the middle of another', async () => {
    expect((await play('there-and-back', '--until', '20')).exitCode).toBe(0);
    for (const name of ['relay', 'projector']) await services.get(name)?.end('SIGKILL');
    const playing = play('there-and-back');
    await startBehind('relay', 'waybill_relay');
    await startBehind('projector', 'waybill_projector');
    const { exitCode, stdout } = await playing;
    expect(stdout).toContain('there-and-back: 43 of 43 steps');
    expect(exitCode).toBe(0);
  });

  it('have read models that are a fold of each ledger', async () => {
    for (const ledger of ['redirected-h100s', 'there-and-back']) {
      const { exitCode, stdout } = await waybillWith(
        { DATABASE_URL: roleUrl(ownerUrl(), 'waybill_auditor') },
        ...['doctor', '--ledger', ledger],
      );
      expect(stdout).toContain('0 differences');
      expect(exitCode).toBe(0);
    }
  });

  it('tell their figures, the same as waybill lag, and that nothing stands still', async () => {
    for (const name of services.keys()) expect(await metricsOf(name)).toMatch(/^# TYPE waybill_/m);
    for (const ledger of ['redirected-h100s', 'there-and-back']) {
      const { exitCode, stdout } = await waybillWith(
        { DATABASE_URL: roleUrl(ownerUrl(), 'waybill_auditor') },
        ...['lag', '--ledger', ledger, '--json'],
      );
      expect(exitCode).toBe(0);
      const [lag] = JSON.parse(stdout) as {
        head: number;
        published: number;
        projections: { lagPositions: number }[];
      }[];
      expect(lag?.head).toBeGreaterThan(40);
      const relayLag = (lag?.head ?? 0) - (lag?.published ?? 0);
      const readLag = lag?.projections[0]?.lagPositions ?? -1;
      expect(await gaugeAfterwards('relay', 'waybill_relay_lag_positions', ledger, relayLag)).toBe(relayLag);
      expect(await gaugeAfterwards('projector', 'waybill_projection_lag_positions', ledger, readLag)).toBe(readLag);
    }
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ready', haltedLedgers: 0 });
  });

  it('end with 0 when they are asked to', async () => {
    const names = [...services.keys()];
    const exitCodes = await Promise.all([...services.values()].map((service) => service.end('SIGTERM')));
    expect(Object.fromEntries(names.map((name, index) => [name, exitCodes[index]]))).toEqual(
      Object.fromEntries(names.map((name) => [name, 0])),
    );
  });

  const ownerUrl = () => servers.postgres?.ownerUrl ?? '';
  const brokers = () => servers.kafka?.brokers.join(',') ?? '';
  const play = (name: string, ...args: readonly string[]) =>
    waybill('scenario', `${FOLDER}/${name}.json`, '--url', url, ...args);

  const metricsOf = async (name: string) => {
    const answer = await fetch(`http://127.0.0.1:${metricsPorts.get(name)}/metrics`);
    return answer.text();
  };

  /** Of a ledger; a gauge is read anew every few seconds. */
  const gaugeAfterwards = async (name: string, figure: string, ledger: string, expected: number) => {
    const line = new RegExp(`^${figure}\\{[^}]*ledger="${ledger}"[^}]*\\} (\\d+)$`, 'm');
    const giveUpAtMs = Date.now() + 30_000;
    for (;;) {
      const value = Number(line.exec(await metricsOf(name))?.[1] ?? NaN);
      if (value === expected || Date.now() > giveUpAtMs) return value;
      await sleep(200);
    }
  };

  const start = async (name: string, environment: Readonly<Record<string, string>>, healthUrl: string) => {
    const port = await freePort(0);
    metricsPorts.set(name, port);
    services.set(name, await ServiceProcess.start(name, { ...environment, METRICS_PORT: String(port) }, healthUrl));
  };

  const startBehind = async (name: string, role: 'waybill_relay' | 'waybill_projector') => {
    const port = await freePort(0);
    const environment = {
      DATABASE_URL: roleUrl(ownerUrl(), role),
      KAFKA_BROKERS: brokers(),
      HEALTH_PORT: String(port),
    };
    await start(name, environment, `http://127.0.0.1:${port}`);
  };

  const tokens = () => ({ TOKEN_ISSUER: url, TOKEN_AUDIENCE: 'waybill' });

  const opsApi = (ports: { readonly origin: number; readonly commands: number }) => ({
    ...tokens(),
    QUERY_DATABASE_URL: roleUrl(ownerUrl(), 'waybill_query'),
    AUDITOR_DATABASE_URL: roleUrl(ownerUrl(), 'waybill_auditor'),
    PROCUREMENT_API_URL: `http://127.0.0.1:${ports.commands}`,
    PORT: String(ports.origin),
    UI_FOLDER: join(PROJECT, 'dist/apps/ops-ui'),
    CURSOR_SECRET: randomBytes(32).toString('hex'),
    WAYBILL_DEMO: '1',
    DEMO_KEY_FILE: join(folder, 'demo-issuer.json'),
  });

  const procurementApi = (ports: { readonly commands: number }) => ({
    ...tokens(),
    DATABASE_URL: roleUrl(ownerUrl(), 'waybill_writer'),
    TOKEN_JWKS_URL: `${url}/demo/jwks.json`,
    PORT: String(ports.commands),
  });
});
