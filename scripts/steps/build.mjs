import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { inProject, mustRun } from './project.mjs';

const SOURCES = ['apps', 'libs', 'bench'];
const CONFIGURATION = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const STAMP = inProject('dist', '.stamp');

/** Builds dist when a source changed since the last whole build. */
export async function buildWhenChanged() {
  const files = await sourceFiles();
  const fingerprint = await fingerprintOf([...files, ...CONFIGURATION]);
  if ((await lastStamp()) === fingerprint) return 'up to date';
  await rm(STAMP, { force: true });
  const begunMs = Date.now();
  await mustRun(process.execPath, [inProject('node_modules', 'ts7', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  await copyAssets(files);
  await removeOlderThan(inProject('dist'), begunMs);
  await writeFile(STAMP, fingerprint);
  return 'built';
}

async function sourceFiles() {
  const files = [];
  for (const folder of SOURCES.filter((each) => existsSync(inProject(each)))) {
    const entries = await readdir(inProject(folder), { recursive: true, withFileTypes: true });
    files.push(...entries.filter((entry) => entry.isFile()).map((entry) => relative(entry)));
  }
  return files.sort();
}

function relative(entry) {
  return path.relative(inProject(), path.join(entry.parentPath, entry.name));
}

async function fingerprintOf(files) {
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(await readFile(inProject(file)))
      .update('\0');
  return hash.digest('hex');
}

async function lastStamp() {
  return existsSync(STAMP) ? readFile(STAMP, 'utf8') : null;
}

/** SQL, JSON, the page's files, Kafka's pom: whatever is not TypeScript lies in dist where it lies in the sources. */
async function copyAssets(files) {
  for (const file of files.filter((each) => !/\.(ts|md)$/.test(each))) {
    const target = inProject('dist', file);
    await mkdir(path.dirname(target), { recursive: true });
    await cp(inProject(file), target, { mode: 0 });
  }
}

/** The compiler and the copying write every output anew: what is older has lost its source. */
async function removeOlderThan(folder, timeMs) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && (await stat(file)).mtimeMs < timeMs - 1) await rm(file);
  }
}
