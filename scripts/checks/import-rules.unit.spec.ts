import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type PlantedImport, plantedImports } from './planted-imports.ts';

const PROJECT = join(import.meta.dirname, '../..');
/** Far below what there is, far above what a cruise sees that cannot read TypeScript. */
const MODULES_MIN = 100;

interface Cruise {
  readonly modules: number;
  readonly violations: readonly { readonly rule: string; readonly from: string; readonly to: string }[];
}

interface Configuration {
  readonly default: { readonly forbidden: readonly { readonly name: string }[] };
}

describe('the rules of imports', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'import-rules-'));
  const folders = plantedImports.map((planted, index) => plant(join(scratch, String(index)), planted));
  const cruises = cruiseEach(folders);

  afterAll(() => rmSync(scratch, { recursive: true }));

  it.each(plantedImports.map(({ rule, files }, index) => ({ rule, index, file: Object.keys(files)[0] })))(
    '$rule fires on what is planted in $file ($index), and no other does',
    ({ rule, index }) => {
      const fired = cruises[folders[index] ?? '']?.violations.map((violation) => violation.rule);
      expect([...new Set(fired)]).toEqual([rule]);
    },
  );

  it('have a planted violation each', async () => {
    const { default: configuration } = (await import(join(PROJECT, '.dependency-cruiser.mjs'))) as Configuration;
    const rules = configuration.forbidden.map(({ name }) => name);
    expect([...new Set(plantedImports.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
  });
});

describe('the project', () => {
  const { modules, dependencies } = cruiseProject();

  it(`is seen whole: ${MODULES_MIN} modules and more, in every lib`, () => {
    expect(modules.length).toBeGreaterThanOrEqual(MODULES_MIN);
    for (const lib of ['kernel', 'domain', 'contracts', 'event-store', 'messaging', 'read-models', 'access', 'http'])
      expect(modules.filter((module) => module.startsWith(`libs/${lib}/`))).not.toHaveLength(0);
  });

  it('has its borders between libs resolved to their sources', () => {
    const crossings = dependencies.filter(({ module }) => module.startsWith('#libs/'));
    expect(crossings.length).toBeGreaterThan(20);
    for (const { module, resolved } of crossings) expect(resolved).toBe(`${module.slice(1)}/index.ts`);
  });
});

function plant(folder: string, planted: PlantedImport): string {
  const files = { ...projectFiles(), ...planted.files };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  symlinkSync(join(PROJECT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

function projectFiles(): Record<string, string> {
  const read = (name: string): string => readFileSync(join(PROJECT, name), 'utf8');
  return { 'package.json': read('package.json'), 'tsconfig.json': read('tsconfig.json') };
}

function cruiseEach(folders: readonly string[]): Record<string, Cruise> {
  const script = join(import.meta.dirname, 'cruise-each.mjs');
  const json = execFileSync(process.execPath, [script, ...folders], { cwd: PROJECT, encoding: 'utf8' });
  return JSON.parse(json) as Record<string, Cruise>;
}

function cruiseProject(): { modules: string[]; dependencies: { module: string; resolved: string }[] } {
  const cruiser = join(PROJECT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const json = execFileSync(process.execPath, [cruiser, '--output-type', 'json', 'apps', 'libs'], {
    cwd: PROJECT,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  const { modules } = JSON.parse(json) as { modules: { source: string; dependencies: [] }[] };
  return {
    modules: modules.map(({ source }) => source),
    dependencies: modules.flatMap(({ dependencies }) => dependencies),
  };
}
