import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { transformSync } from '@swc/core';
import { addedUp, type Hunt, type Range } from './hunt.ts';

/** The folder of the sources. */
export const PROJECT = join(import.meta.dirname, '../../..');
/** Those that take part in a run, and those that they name. */
const LIBS = ['kernel', 'domain', 'contracts', 'event-store', 'messaging', 'read-models', 'testing/simulation'];

/** One place of one file, and what a wrong hand would have written there. */
export interface Patch {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** Throws when the text to replace is not there exactly once: the code has moved on and the patch has to follow. */
export class PatchDoesNotApply extends Error {
  readonly code = 'PATCH_DOES_NOT_APPLY';
  constructor(
    readonly patch: Patch,
    readonly found: number,
  ) {
    super(`${patch.file} has the text to be replaced ${found} times`);
  }
}

/** The libs as JavaScript in a folder of their own, to be patched and run without touching the project's. */
export class CopiedLibs {
  private constructor(private readonly folder: string) {}

  static make(): CopiedLibs {
    const parent = join(PROJECT, '.waybill');
    mkdirSync(parent, { recursive: true });
    const folder = mkdtempSync(join(parent, 'simulation-'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "imports": { "#libs/*": "./libs/*/index.js" } }');
    for (const lib of LIBS) copyAsJavaScript(folder, join('libs', lib));
    return new CopiedLibs(folder);
  }

  /** Runs the seeds of `range`, to the first that breaks a promise, in a process of its own for each of `cores`. */
  async hunt(range: Range, cores = 1): Promise<Hunt> {
    const share = Math.ceil(range.count / cores);
    const shares = Array.from({ length: cores }, (_, core) => ({ ...range, first: range.first + core * share, count: share })); // prettier-ignore
    return addedUp(await Promise.all(shares.map((each) => huntIn(this.folder, each))));
  }

  /** As {@link hunt}, on a copy of the copy with `patch` in it. */
  async huntPatched(patch: Patch, range: Range): Promise<Hunt> {
    const folder = mkdtempSync(`${this.folder}-patched-`);
    try {
      cpSync(this.folder, folder, { recursive: true });
      write(folder, patch.file, patched(patch));
      return await huntIn(folder, range);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Short-lived garbage is most of a run: room for more of it makes a run a quarter faster. */
const NODE_FLAGS = ['--max-semi-space-size=64', '--input-type=module', '-e'];

async function huntIn(folder: string, range: Range): Promise<Hunt> {
  const script = `import { hunt } from './libs/testing/simulation/hunt.js';
    process.stdout.write(JSON.stringify(await hunt(${JSON.stringify(range)})));`;
  const { stdout } = await promisify(execFile)(process.execPath, [...NODE_FLAGS, script], { cwd: folder });
  return JSON.parse(stdout) as Hunt;
}

function copyAsJavaScript(folder: string, path: string): void {
  for (const entry of readdirSync(join(PROJECT, path), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name).slice(PROJECT.length + 1);
    if (!entry.isFile() || !file.endsWith('.ts') || /\.spec\.ts$|\/(trial|fixtures)\//.test(file)) continue;
    write(folder, file, readFileSync(join(PROJECT, file), 'utf8'));
  }
}

function write(folder: string, file: string, source: string): void {
  const { code } = transformSync(source, {
    filename: file,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript' },
      transform: { useDefineForClassFields: false },
    },
    module: { type: 'es6' },
  });
  const target = join(folder, file.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(
    target,
    code.replaceAll(/(from '\.[^']+)\.ts'|(from "\.[^"]+)\.ts"/g, (_, single?: string, double?: string) =>
      single === undefined ? `${double ?? ''}.js"` : `${single}.js'`,
    ),
  );
}

/** The file as it is with `patch` in it. Throws {@link PatchDoesNotApply}. */
export function patched(patch: Patch): string {
  const pieces = readFileSync(join(PROJECT, patch.file), 'utf8').split(patch.find);
  if (pieces.length !== 2) throw new PatchDoesNotApply(patch, pieces.length - 1);
  return pieces.join(patch.replace);
}
