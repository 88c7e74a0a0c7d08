import { CopiedLibs, PatchDoesNotApply } from './patched-copy.ts';
import { plantedBugs } from './planted-bugs.ts';

/** What each bug may take to be found. */
const SEEDS = 1_000;
/** What the sound code has to withstand here; the unit spec and the long one run more. */
const SOUND_SEEDS = 300;
const LONGEST_MS = 120_000;

describe('the simulation', () => {
  let copy: CopiedLibs;
  beforeAll(() => {
    copy = CopiedLibs.make();
  });
  afterAll(() => copy.remove());

  it(
    'finds nothing in the code as it is',
    async () => {
      const { caught, seedsRun, durationMs } = await copy.hunt([], SOUND_SEEDS);
      tell('no bug', `${seedsRun} seeds, ${Math.round((seedsRun * 1_000) / durationMs)}/s`);
      expect([caught, seedsRun]).toEqual([null, SOUND_SEEDS]);
    },
    LONGEST_MS,
  );

  it.each(plantedBugs)(
    'finds: $bug',
    async (bug) => {
      const { caught } = await copy.hunt([bug], SEEDS);
      tell(bug.bug, caught === null ? 'not found' : `seed ${caught.seed}, ${caught.violations[0]?.promise}`);
      expect(caught?.violations.map(({ promise }) => promise)).toContain(bug.breaks);
    },
    LONGEST_MS,
  );

  it('knows at least twenty bugs, each by its own name', () => {
    const names = new Set(plantedBugs.map(({ bug }) => bug));
    expect([names.size, names.size >= 20]).toEqual([plantedBugs.length, true]);
  });

  it('says when the code has moved away from under a patch', async () => {
    const patch = { file: 'libs/kernel/ids.ts', find: 'not in this file', replace: '' };
    await expect(copy.hunt([patch], 1)).rejects.toEqual(new PatchDoesNotApply(patch, 0));
  });
});

function tell(bug: string, found: string): void {
  process.stdout.write(`planted bug: ${bug}: ${found}\n`);
}
