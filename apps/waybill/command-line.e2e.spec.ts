import { jest } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { WaybillClient } from './api/waybill-client.ts';
import { waybill, waybillHere } from './e2e/command-line.fixture.spec.ts';
import { MAIN, PROJECT, RunningWaybill, waybillPlace } from './e2e/running-waybill.fixture.spec.ts';
import { reportsOf, type ReportsDocument } from './report/catalogue.ts';
import { FORMATS, type Format } from './report/joined-pages.ts';

jest.setTimeout(300_000);

const LEDGER = 'redirected-h100s';
const document = JSON.parse(await readFile(join(PROJECT, 'docs/openapi.json'), 'utf8')) as ReportsDocument;
const reports = [...reportsOf(document).values()];
const formats = Object.keys(FORMATS) as Format[];

/** What a report cannot be asked without, and what makes it the same tomorrow. */
const ASKED: Readonly<Record<string, string>> = {
  lineage: 'report=positions,figure=accepted,companyId=TESLA,skuId=H100,asOf=60',
  differences: 'from=20,to=40',
  controls: 'accessPosition=0,asOf=60',
};

describe('the command line', () => {
  let place: Awaited<ReturnType<typeof waybillPlace>>;
  let running: RunningWaybill;
  let folder: string;

  beforeAll(async () => {
    place = await waybillPlace();
    running = await RunningWaybill.start(place);
    folder = join(place.dataFolder, '..');
  });

  afterAll(async () => {
    await running?.dispose();
    await place.remove();
  });

  const at = () => ['--ledger', LEDGER, '--url', running.url];
  const client = () => new WaybillClient({ url: running.url });
  const bytesOf = async (path: string, format: Format) =>
    Buffer.from((await client().read('auditor', `/v1/ledgers/${LEDGER}/${path}`, FORMATS[format])).bytes);
  const reported = async (file: string, ...args: readonly string[]) => {
    const said = await waybillHere('report', ...args, '--output', join(folder, file), ...at());
    expect(said).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    return readFile(join(folder, file));
  };
  const left = async () => (await readdir(folder)).filter((file) => file.endsWith('.part'));

  describe('waybill report', () => {
    it('knows the reports of the API', () => {
      expect(reports.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['claims', 'controls', 'delivery-schedule', 'exposures', 'funds', 'site-load']),
      );
    });

    it.each(reports.map(({ name, parameters }) => [name, parameters] as const))(
      '%s is the bytes of the API, on one page or on many',
      async (name, parameters) => {
        const asked = ASKED[name] ?? 'asOf=60';
        const query = new URLSearchParams(asked.replaceAll(',', '&'));
        for (const format of formats) {
          const expected = await bytesOf(`${name}?${query.toString()}`, format);
          expect(await reported('whole', name, '--by', asked, '--format', format)).toEqual(expected);
          if (!parameters.includes('limit')) continue;
          expect(await reported('paged', name, '--by', `${asked},limit=3`, '--format', format)).toEqual(expected);
        }
        expect(await left()).toEqual([]);
      },
    );

    it('tells people the same in a table, as of a position and a day', async () => {
      const moment = ['--as-of', '33', '--valid-at', '2023-12-20', '--by', 'companyId=X'];
      const { exitCode, stdout } = await waybillHere('report', 'positions', ...moment, ...at());
      expect(exitCode).toBe(0);
      expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
        expect.arrayContaining(['companyId', 'skuId', 'open', 'inTransit', 'owedBy']),
        expect.arrayContaining(['X', 'H100', '12000']),
        [''],
        ['positions, 1 row, as of position 33, true on 2023-12-20, on a simulated clock'],
        [''],
      ]);
      const json = await waybillHere('report', 'positions', ...moment, '--json', ...at());
      expect(json.stdout).toBe((await bytesOf('positions?companyId=X&validAt=2023-12-20&asOf=33', 'json')).toString());
    });

    it('ends with 2 for what is no report or cannot be asked, and leaves no file', async () => {
      const unknown = await waybillHere('report', 'profits', ...at(), '--output', join(folder, 'none'));
      expect([unknown.exitCode, unknown.stderr]).toEqual([
        2,
        `waybill: there is no report "profits"; there are ${reports.map(({ name }) => name).join(', ')}\n`,
      ]);
      const day = await waybillHere('report', 'idleness', '--valid-at', '2024-01-01', ...at());
      expect([day.exitCode, day.stderr]).toEqual([2, expect.stringMatching(/idleness cannot be asked by validAt/)]);
      const refused = await waybillHere('report', 'funds', '--valid-at', '2024-02-30', ...at());
      expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringMatching(/400 QUERY_INVALID/)]);
      const nowhere = await waybillHere('report', 'funds', '--output', join(folder, 'no/such/file'), ...at());
      expect([nowhere.exitCode, nowhere.stderr]).toEqual([2, expect.stringMatching(/cannot write .*ENOENT/)]);
      expect((await readdir(folder)).filter((file) => file === 'none')).toEqual([]);
    });
  });

  describe('waybill events', () => {
    it('exports what there is as the API writes it, into a file or not', async () => {
      const path = `/v1/ledgers/${LEDGER}/events?limit=500`;
      const { bytes } = await client().read('auditor', path, 'application/x-ndjson');
      const file = join(folder, 'events.ndjson');
      const said = await waybill('events', 'export', '--output', file, '--json', ...at());
      const events = Buffer.from(bytes).toString().trim().split('\n').length;
      expect(JSON.parse(said.stdout)).toEqual({ ledger: LEDGER, file, events, after: 0, upTo: events });
      expect(await readFile(file)).toEqual(Buffer.from(bytes));
      expect((await waybillHere('events', 'export', ...at())).stdout).toBe(Buffer.from(bytes).toString());
      const some = await waybillHere('events', 'export', '--after', '20', '--type', 'ReceiptAccepted', ...at());
      const found = some.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { type: string });
      expect([found.length, ...new Set(found.map(({ type }) => type))]).toEqual([3, 'ReceiptAccepted']);
      expect(await left()).toEqual([]);
    });

    it('follows them as they come, goes on after the server was away, and ends with 0 when interrupted', async () => {
      const tail = follow('--after', '64', '--json', ...at());
      await tail.until(2);
      await claim('C-1');
      await tail.until(3);
      await running.end('SIGTERM');
      running = await RunningWaybill.start(place);
      await claim('C-2');
      await tail.until(4);
      expect(await tail.interrupted()).toBe(0);
      const told = tail.lines.map((line) => JSON.parse(line) as { position: number; type: string });
      expect(told.map(({ position }) => position)).toEqual([65, 66, 67, 68]);
      expect(told.map(({ type }) => type).slice(2)).toEqual(['PublicClaimRecorded', 'PublicClaimRecorded']);
    });

    it('begins ten events before the head, and shows what is looked for', async () => {
      const tail = follow('--type', 'PublicClaimRecorded', ...at());
      await tail.until(2);
      expect(await tail.interrupted()).toBe(0);
      expect(tail.lines).toEqual([
        expect.stringMatching(/^ +67 {2}\S+ {2}2024-09-01 {2}PublicClaimRecorded {9}claim\/C-1$/),
        expect.stringMatching(/^ +68 .* claim\/C-2$/),
      ]);
    });
  });

  describe('waybill redirect', () => {
    const SPARE = 'PO-T2/D:X:XDC';
    const redirect = (legs: string, ...args: readonly string[]) =>
      waybillHere('redirect', '--legs', legs, '--as', 'tesla-logistics', '--on', '2024-09-02', ...args, ...at());

    it('says in words what a redirection would do, and writes nothing', async () => {
      const { exitCode, stdout } = await redirect('PO-T2/A:X:XDC,PO-T2/D:TESLA:AUSTIN', '--dry-run');
      expect(stdout.split('\n')).toEqual([
        'decided at position 68, a dry run: nothing is written',
        'leg 1: 14000 H100 open of PO-T2/A, expected 2024-09-30, from TESLA at AUSTIN to X at XDC',
        'leg 2: 6000 H100 open of PO-T2/D, expected 2024-12-15, from TESLA without a site to TESLA at AUSTIN',
        'waits until TESLA and X have approved, by different people, none of them the proposer',
        'the last approval asks that X passed a screening that is valid that day, and brings, as the books stand:',
        '  AUSTIN from 2024-09-30 on: -14000 units, headroom 0 before and 14000 after',
        '  AUSTIN from 2024-12-15 on: -8000 units, headroom 0 before and 8000 after',
        '  XDC from 2024-09-30 on: +14000 units, headroom 8000 before and -6000 after: NOT ENOUGH, may be refused with SITE_CAPACITY_EXCEEDED',
        '  TESLA: -58800000000 cents USD committed, 164800000000 left of its budgets before',
        '  X: +58800000000 cents USD committed, 49600000000 left of its budgets before: NOT ENOUGH, may be refused with BUDGET_EXCEEDED',
        '',
      ]);
      expect(exitCode).toBe(0);
      expect(await head()).toBe(68);
    });

    it('ends with 1 when it is refused, and says what to do', async () => {
      const { exitCode, stdout } = await redirect('PO-T2/D:TESLA:AUSTIN', '--dry-run');
      expect(stdout.split('\n')).toEqual([
        expect.stringMatching(/^refused with SITE_CAPACITY_EXCEEDED: siteId AUSTIN, companyId TESLA, day 2024-12-15, /),
        'what to do: Choose another site or day, or ask for an overload to be allowed.',
        '',
      ]);
      expect(exitCode).toBe(1);
      const stranger = await redirect('SH-9:X:XDC', '--dry-run', '--json');
      expect([stranger.exitCode, JSON.parse(stranger.stdout)]).toEqual([
        1,
        { isDryRun: true, refusal: expect.objectContaining({ code: 'SHIPMENT_UNKNOWN', status: 404 }) },
      ]);
    });

    it('proposes it once, and what it said comes true', async () => {
      const proposing = ['--id', 'RD-1', '--reason', 'X has room', '--json'];
      const first = await redirect(SPARE, ...proposing);
      const proposed = JSON.parse(first.stdout) as { position: number; consequences: readonly { words: string }[] };
      expect([first.exitCode, proposed.position]).toEqual([0, 69]);
      for (const [actor, companyId] of [['tesla-cfo', 'TESLA'] as const, ['x-cfo', 'X'] as const]) {
        const path = `/v1/ledgers/${LEDGER}/redirections/RD-1/approvals`;
        const approved = await client().post(actor, path, `RD-1-${companyId}`, {
          companyId,
          effectiveAt: '2024-09-02',
        });
        expect([companyId, approved.status]).toEqual([companyId, 201]);
      }
      const exported = await waybillHere('events', 'export', '--after', '69', '--type', 'FundsMoved', ...at());
      const { moves } = (JSON.parse(exported.stdout) as { data: { moves: readonly Move[] } }).data;
      expect(proposed.consequences.map(({ words }) => words.split(',')[0])).toEqual([
        'XDC from 2024-12-15 on: +6000 units',
        ...moves.map(
          ({ companyId, deltaCents }) => `${companyId}: ${deltaCents > 0 ? '+' : ''}${deltaCents} cents USD committed`,
        ),
      ]);
      const again = await redirect('PO-T2/B:X:XDC', '--id', 'RD-1', '--reason', 'another');
      expect([again.exitCode, again.stdout]).toEqual([1, expect.stringMatching(/^refused with ALREADY_EXISTS/)]);
    });
  });

  const head = async () =>
    ((await client().get('auditor', `/v1/ledgers/${LEDGER}`)) as { headPosition: number }).headPosition;
  const claim = async (claimId: string) => {
    const said = { speaker: 'a person', source: 'a call', quote: 'five to eight', statedOn: '2024-09-01' };
    const figure = { companyId: 'TESLA', skuId: 'H100', metric: 'accepted', low: 5, high: 8 };
    const body = { effectiveAt: '2024-09-01', claimId, ...figure, ...said };
    const { status } = await client().post('analyst', `/v1/ledgers/${LEDGER}/claims`, `claim-${claimId}`, body);
    expect(status).toBe(201);
  };
});

/** `waybill events tail` as a process of its own. */
function follow(...args: readonly string[]) {
  const child: ChildProcess = spawn(process.execPath, [MAIN, 'events', 'tail', ...args], { cwd: PROJECT });
  const lines: string[] = [];
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return {
    lines,
    until: async (count: number) => {
      for (let waitedMs = 0; lines.length < count && waitedMs < 60_000; waitedMs += 50) await sleep(50);
      expect(lines).toHaveLength(count);
    },
    interrupted: async (): Promise<unknown> => {
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      return (await ended)[0];
    },
  };
}

interface Move {
  readonly companyId: string;
  readonly deltaCents: number;
}
