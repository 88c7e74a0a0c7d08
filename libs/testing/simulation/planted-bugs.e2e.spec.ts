import { CopiedLibs, PatchDoesNotApply } from './patched-copy.ts';
import { inTheCode } from './planted-bugs.ts';
import { inTheModels } from './planted-in-models.ts';

const plantedBugs = [...inTheCode, ...inTheModels];

/** What each bug may take to be found; the unit spec lets the sound code withstand as many. */
const SEEDS = 4_000;
/** The first finds it; these tell how rare it is, and all that it breaks. */
const CATCHES = 5;
const LONGEST_MS = 300_000;

describe('the simulation', () => {
  let copy: CopiedLibs;
  const table: string[] = [];
  beforeAll(() => {
    copy = CopiedLibs.make();
  });
  afterAll(() => {
    copy.remove();
    process.stdout.write(`planted bug | file | found by seed, how often | promises broken\n${table.join('\n')}\n`);
  });

  it.each(plantedBugs)(
    'finds: $bug',
    async ({ breaks, ...bug }) => {
      const { caught, seedsRun } = await copy.huntPatched(bug, { first: 1, count: SEEDS, catches: CATCHES });
      const promises = caught.flatMap(({ violations }) => violations.map(({ promise }) => promise));
      const found =
        caught[0] === undefined ? 'not found' : `${caught[0].seed}, 1 in ${Math.round(seedsRun / caught.length)}`;
      table.push([bug.bug, bug.file, found, [...new Set(promises)].join('; ')].join(' | '));
      expect(promises).toContain(breaks);
    },
    LONGEST_MS,
  );

  it('knows at least twenty bugs, each by its own name', () => {
    const names = new Set(plantedBugs.map(({ bug }) => bug));
    expect([names.size, names.size >= 20]).toEqual([plantedBugs.length, true]);
  });

  it('says when the code has moved away from under a patch', async () => {
    const patch = { file: 'libs/kernel/ids.ts', find: 'not in this file', replace: '' };
    await expect(copy.huntPatched(patch, { first: 1, count: 1 })).rejects.toEqual(new PatchDoesNotApply(patch, 0));
  });
});
