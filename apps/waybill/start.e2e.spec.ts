import { jest } from '@jest/globals';
import { WaybillClient } from './api/waybill-client.ts';
import { waybill } from './e2e/command-line.fixture.spec.ts';
import { RunningWaybill, survivors, waybillPlace } from './e2e/running-waybill.fixture.spec.ts';

jest.setTimeout(300_000);

const STORY = 'apps/waybill/scenarios/redirected-h100s.json';
const REPORTS = [
  ...['positions', 'positions?by=site', 'delivery-schedule', 'redirections', 'exposures', 'site-load', 'headroom'],
  ...['breaches', 'idleness', 'slippage', 'funds', 'claims', 'events?after=0&limit=500'],
];

describe('waybill start', () => {
  let place: Awaited<ReturnType<typeof waybillPlace>>;
  let running: RunningWaybill;

  beforeAll(async () => {
    place = await waybillPlace();
    running = await RunningWaybill.start(place);
  });

  afterAll(async () => {
    await running?.dispose();
    await place.remove();
  });

  it('has played the whole story when it says that it is ready', async () => {
    const before = await everything();
    const { exitCode, stdout } = await waybill('scenario', STORY, ...at());
    expect(stdout).toContain('55 of 55 steps, 190 of 190 checks hold');
    expect(exitCode).toBe(0);
    expect(await everything()).toEqual(before);
  });

  it('shows units redirected and received as the story tells it', async () => {
    const { items } = (await client().get('auditor', '/v1/ledgers/redirected-h100s/positions')) as Positions;
    expect(
      items.map(({ companyId, open, inTransit, accepted, short }) => [companyId, open, inTransit, accepted, short]),
    ).toEqual([
      ['TESLA', 44_000, 0, 41_000, 0],
      ['X', 0, 0, 4_000, 0],
      ['XAI', 0, 0, 8_000, 0],
    ]);
  });

  it('prints the events of the story over HTTP', async () => {
    const { exitCode, stdout } = await waybill('events', 'export', '--ledger', 'redirected-h100s', ...at());
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { position: number; type: string });
    expect(exitCode).toBe(0);
    expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['OrderPlaced', 'ShipmentRedirected', 'CapacityUnavailable']),
    );
  });

  it('prints the events that a figure comes of', async () => {
    const figure = ['lineage', 'positions', 'accepted', '--ledger', 'redirected-h100s', '--by'];
    const { exitCode, stdout } = await waybill(...figure, 'companyId=TESLA,skuId=H100', ...at());
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^ +\d+ {2}2023-09-01 +29000 {2}OpeningBalanceRecorded +lot\/\S+\n/);
    expect(stdout).toMatch(/\npositions accepted 41000, as of position \d+\n$/);
  });

  it('tells in words what the swap of the story changed', async () => {
    const { items: events } = (await client().get(
      'auditor',
      `/v1/ledgers/redirected-h100s/events?limit=500`,
    )) as Events;
    const before = events.findIndex(({ type }) => type === 'RedirectionProposed');
    const after = events.findIndex(({ type }) => type === 'RedirectionActivated') + 1;
    const span = ['--from', String(before), '--to', String(after)];
    const { exitCode, stdout } = await waybill('difference', '--ledger', 'redirected-h100s', ...span, ...at());
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`from position ${before} to ${after}\n`);
    // 6,000 H100 come 42 days later than 2023-12-20 and 6,000 come 193 days later, at 42,000 dollars each.
    const moved = [
      "  12,000 H100 open now entitled to TESLA, were X's",
      "  12,000 H100 in transit now entitled to X, were TESLA's",
    ];
    expect(stdout).toContain(['TESLA', ...moved, '  PO-X1/J of TESLA goes to WH1, was to XDC', ''].join('\n'));
    expect(stdout).toContain(['X', ...moved, '  PO-X1/J of TESLA goes to WH1, was to XDC', ''].join('\n'));
    for (const line of SWAPPED) expect(stdout).toMatch(line);
    expect(stdout).not.toContain('others');
  });

  it('keeps everything over Ctrl-C and a new start', async () => {
    const before = await everything();
    const processes = running.processes();
    expect(await running.end('SIGINT')).toBe(0);
    expect(await survivors(processes, 5_000)).toEqual([]);
    running = await RunningWaybill.start(place);
    expect(await everything()).toEqual(before);
  });

  it('leaves no orphan behind when it is killed, and recovers', async () => {
    const before = await everything();
    const processes = running.processes();
    expect(processes.length).toBeGreaterThan(2);
    expect(await running.end('SIGKILL')).toBeNull();
    expect(await survivors(processes, 30_000)).toEqual([]);
    running = await RunningWaybill.start(place);
    expect(await everything()).toEqual(before);
  });

  it('recovers when all its processes are killed at once, and goes on', async () => {
    const before = await everything();
    await running.cutPower();
    running = await RunningWaybill.start(place);
    expect(await everything()).toEqual(before);
    const { exitCode } = await waybill(
      'scenario',
      'apps/waybill/scenarios/there-and-back.json',
      '--only',
      'position',
      ...at(),
    );
    expect(exitCode).toBe(0);
  });

  const client = () => new WaybillClient({ url: running.url });
  const at = () => ['--url', running.url];
  /** Every answer about the demo ledger, for comparison. */
  const everything = () =>
    Promise.all(REPORTS.map((report) => client().get('auditor', `/v1/ledgers/redirected-h100s/${report}`)));
});

const SWAPPED = [
  /^positions +TESLA has 12,000 fewer H100 in transit: 0, was 12,000 {2}\(#\d+ -12000\)$/m,
  /^positions +TESLA has 12,000 more H100 open: 12,000, was 0 {2}\(#\d+ 6000, #\d+ 6000\)$/m,
  /^positions +X has 12,000 more H100 in transit: 12,000, was 0 {2}\(#\d+ 12000\)$/m,
  /^positions +X has 12,000 fewer H100 open: 0, was 12,000 {2}\(#\d+ -6000, #\d+ -6000\)$/m,
  /^slippage +TESLA waits 1,410,000 more H100 unit-days by redirection: 1,410,000, was 0 {2}\(#\d+ 1410000\)$/m,
  /^slippage +X waits 1,410,000 fewer H100 unit-days by redirection: -1,410,000, was 0 {2}\(#\d+ -1410000\)$/m,
  /^slippage +TESLA's H100 unit-days by redirection are worth 5,922,000,000,000 more cent-days: /m,
  /^headroom +WH1 of TESLA has room for 12,000 fewer units .*: 8,000, was 20,000 {2}\(#\d+ -6000, #\d+ -6000\)$/m,
  /^redirections +Redirection SW-1 is active, was none {2}\(#\d+, #\d+\)$/m,
];

interface Events {
  readonly items: readonly { readonly type: string }[];
}

interface Positions {
  readonly items: readonly {
    readonly companyId: string;
    readonly open: number;
    readonly inTransit: number;
    readonly accepted: number;
    readonly short: number;
  }[];
}
