import { jest } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waybill } from './e2e/command-line.fixture.spec.ts';
import { PROJECT, RunningWaybill, waybillPlace } from './e2e/running-waybill.fixture.spec.ts';

jest.setTimeout(240_000);

const FOLDER = 'apps/waybill/scenarios';

describe('waybill scenario', () => {
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

  describe.each([
    ['swap-gates', 45],
    ['capacity-gate', 47],
    ['there-and-back', 43],
    ['redirected-h100s', 55],
    ['unequal-swap', 30],
    ['overload-ending', 28],
    ['replacement-on-a-leg', 41],
    ['correction-after-a-move', 37],
    ['a-swap-that-waits', 42],
    ['ring-of-three', 57],
    ['overtaking-notices', 36],
    ['a-shipment-lost', 36],
    ['a-shipment-in-parts', 40],
    ['a-tranche-in-parts', 39],
    ['approval-limits', 46],
    ['an-order-amended', 47],
    ['four-eyes', 62],
    ['units-returned', 38],
    ['documents-attached', 26],
    ['great-amounts', 30],
  ])('%s', (name, steps) => {
    const play = () => waybill('scenario', `${FOLDER}/${name}.json`, ...at());

    it('holds, step by step', async () => {
      const { exitCode, stdout } = await play();
      expect(stdout.split('\n').filter((line) => line.startsWith('FAIL'))).toEqual([]);
      expect(stdout).toContain(`${name}: ${steps} of ${steps} steps`);
      expect(exitCode).toBe(0);
    });

    it('holds again when it is played again, and appends nothing', async () => {
      const head = await headOf(name);
      expect((await play()).exitCode).toBe(0);
      expect(await headOf(name)).toBe(head);
    });
  });

  it('plays a what-if of the story, which says what the swap did to whom', async () => {
    const file = `${FOLDER}/what-if/without-the-swap.json`;
    const { exitCode, stdout } = await waybill('scenario', file, ...at());
    expect(stdout).toContain('without-the-swap: 3 of 3 steps, 10 of 10 checks hold');
    expect(exitCode).toBe(0);
    const told = await waybill('difference', '--ledger', 'redirected-h100s', '--branch', 'without-the-swap', ...at());
    expect(told.stdout).toContain('TESLA waits 1,410,000 fewer H100 unit-days by redirection: 0, was 1,410,000');
    expect(told.stdout).toContain('Units at AUSTIN of TESLA stand idle 2,496,000 more unit-days');
    expect(told.exitCode).toBe(0);
    const other = await storyNamed('what-if/without-the-swap', 'of-nothing');
    Object.assign(other, { branchOf: { ledger: 'nowhere', position: 3 } });
    const lost = await playFile(other);
    expect([lost.exitCode, lost.stderr]).toEqual([2, expect.stringContaining('there is no nowhere with position 3')]);
  });

  it('fails with 1 and says what it found when a figure is wrong', async () => {
    const story = await storyNamed('there-and-back', 'planted-figure');
    const accepted = story.steps.find(({ do: { command } }) => command === 'AcceptReceipt');
    Object.assign(accepted?.expect ?? {}, { position: { PINE: { GB200: { accepted: 51 } } } });
    const { exitCode, stdout } = await playFile(story, '--only', 'position');
    expect(stdout).toContain('position PINE GB200 accepted: expected 51, found 50');
    expect(stdout).toContain('FAIL: planted-figure: 42 of 43 steps');
    expect(exitCode).toBe(1);
  });

  it('fails with 1 when a command is refused with another code, or is not refused', async () => {
    const story = await storyNamed('there-and-back', 'planted-codes');
    const [wrongCode] = story.steps.filter(({ expect: { reject } = {} }) => reject === 'NO_LEGS');
    Object.assign(wrongCode ?? {}, { expect: { reject: 'DUPLICATE_LEG' } });
    Object.assign(story.steps[0] ?? {}, { expect: { reject: 'ALREADY_EXISTS' } });
    const { exitCode, stdout } = await playFile(story, '--until', '20', '--only', 'position', '--json');
    const report = JSON.parse(stdout) as { steps: { no: number; ok: boolean; checks: { actual: string }[] }[] };
    const failed = report.steps.filter(({ ok }) => !ok);
    expect(failed.map(({ no, checks }) => [no, checks[0]?.actual])).toEqual([
      [1, 'accepted'],
      [wrongCode?.no, expect.stringContaining('rejected NO_LEGS')],
    ]);
    expect(exitCode).toBe(1);
  });

  it('ends with 2 for a command line, a file or a server that cannot be worked with', async () => {
    const file = `${FOLDER}/there-and-back.json`;
    const outcomes = await Promise.all([
      waybill('scenario', file, '--url', 'http://127.0.0.1:1'),
      waybill('scenario', 'package.json', ...at()),
      waybill('scenario', 'no-such-file.json', ...at()),
      waybill('scenario', file, '--only', 'positions', ...at()),
      waybill('scenario', file, '--until', '0', ...at()),
      waybill('scenario'),
      waybill('scenarios'),
    ]);
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual(outcomes.map(() => 2));
    expect(outcomes[0]?.stderr).toContain('no Waybill answers at http://127.0.0.1:1; start one with "npm start"');
    expect(outcomes[1]?.stderr).toContain('/steps is missing');
  });

  const at = () => ['--url', running.url];

  const headOf = async (ledger: string) => {
    const { stdout } = await waybill('events', 'export', '--ledger', ledger, ...at());
    return stdout.trim().split('\n').length;
  };

  const storyNamed = async (name: string, ledger: string) => {
    const text = await readFile(join(PROJECT, FOLDER, `${name}.json`), 'utf8');
    return { ...(JSON.parse(text) as Story), ledger };
  };

  const playFile = async (story: Story, ...args: readonly string[]) => {
    const file = join(place.dataFolder, '..', `${story.ledger}.json`);
    await writeFile(file, JSON.stringify(story));
    return waybill('scenario', file, ...args, ...at());
  };
});

interface Story {
  readonly ledger: string;
  readonly steps: readonly {
    readonly no: number;
    readonly do: { readonly command: string };
    readonly expect?: { readonly reject?: string };
  }[];
}
