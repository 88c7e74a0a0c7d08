import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { PROJECT, textOf, trackedFiles } from './tracked-files.ts';

const files = trackedFiles();
const code = files.filter((path) => /\.(ts|mjs|js|sql|sh|css|html)$/.test(path));
const LINES_MAX = 250;
const DEPTH_MAX = 4;
/** Words that say of a thing only that it is a thing. */
const EMPTY_WORDS = /(^|[-./])(managers?|helpers?|utils?|common|shared|misc)([-./]|$)/i;

const sources = code.filter((path) => /^(apps|libs)\//.test(path) && !path.endsWith('.spec.ts'));
const linesOf = (path: string): number => textOf(path).split('\n').length - 1;

describe('the layout of the project', () => {
  it('is seen whole', () => {
    expect(code.length).toBeGreaterThan(150);
  });

  it(`has no source above ${LINES_MAX} lines`, () => {
    expect(sources.filter((path) => linesOf(path) > LINES_MAX)).toEqual([]);
  });

  it('has no name that says nothing', () => {
    expect(files.filter((path) => EMPTY_WORDS.test(path))).toEqual([]);
  });

  it(`has folders at most ${DEPTH_MAX} deep`, () => {
    expect(sources.filter((path) => dirname(path).split('/').length > DEPTH_MAX)).toEqual([]);
  });

  it('has every spec say what it costs', () => {
    const specs = files.filter((path) => path.endsWith('.spec.ts'));
    expect(specs.filter((path) => !/\.(unit|int|e2e|long|fixture)\.spec\.ts$/.test(path))).toEqual([]);
  });

  it('has file names in lower case, words joined by hyphens', () => {
    const odd = code.filter((path) => !/^[.a-z0-9_-]+$/.test(basename(path)));
    expect(odd).toEqual([]);
  });

  it('has an index for every lib', () => {
    const libs = new Set(sources.filter((path) => path.startsWith('libs/')).map((path) => path.split('/')[1]));
    expect([...libs].filter((lib) => !existsSync(join(PROJECT, 'libs', lib ?? '', 'index.ts')))).toEqual([]);
  });

  it('says nothing of one machine, and no host name of a registry is in the lockfile', () => {
    expect(textOf('package-lock.json')).not.toMatch(/"resolved": "https?:/);
    const absolute = /(?<![\w.])\/(home|root|Users)\/[a-z]/;
    const said = files.filter((path) => /\.(ts|mjs|js|sql|sh|md|yml|json)$/.test(path) && absolute.test(textOf(path)));
    expect(said.filter((path) => path !== 'scripts/checks/layout.unit.spec.ts')).toEqual([]);
  });
});

describe('nest-cli.json', () => {
  const { projects } = JSON.parse(textOf('nest-cli.json')) as { projects: Record<string, Project> };

  it.each(Object.entries(projects))('finds the entry of %s', (name, { root, sourceRoot, entryFile }) => {
    expect([root, sourceRoot]).toEqual([expect.stringMatching(`^(apps|libs)/${name}$`), root]);
    expect(existsSync(join(PROJECT, root, `${entryFile}.ts`))).toBe(true);
  });

  it('knows every app and every lib', () => {
    const folders = new Set(
      files
        .filter((path) => /^(apps|libs)\/[^/]+\/(main|index)\.ts$/.test(path))
        .map((path) => path.split('/')[1] ?? ''),
    );
    expect(Object.keys(projects).sort()).toEqual([...folders].sort());
  });
});

interface Project {
  readonly root: string;
  readonly sourceRoot: string;
  readonly entryFile: string;
}
