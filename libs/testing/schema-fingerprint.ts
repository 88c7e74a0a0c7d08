import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const LIBS = path.resolve(import.meta.dirname, '..');

/** 16 hex digits that change with any SQL file: a template of older SQL is never used. */
export async function schemaFingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await sqlFiles()) {
    hash.update(file).update('\0');
    hash.update(await readFile(path.join(LIBS, file))).update('\0');
  }
  return hash.digest('hex').slice(0, 16);
}

async function sqlFiles(): Promise<string[]> {
  const files = await readdir(LIBS, { recursive: true });
  return files.filter((file) => file.endsWith('.sql')).sort();
}
