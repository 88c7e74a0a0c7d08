import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { inProject } from '../steps/project.mjs';

const FOLDER = inProject('libs', 'contracts', 'schemas');
const RELEASED = inProject('libs', 'contracts', 'released-schemas.json');

/** The schemas kept, by file name. */
export function keptSchemas() {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(files.map((file) => [file, JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))]));
}

/** The digest of each schema that stays as it is, by file name. */
export function releasedDigests() {
  return JSON.parse(readFileSync(RELEASED, 'utf8'));
}

export async function writeSchema(file, schema) {
  await writeJson(path.join(FOLDER, file), schema);
}

export async function dropSchema(file) {
  await rm(path.join(FOLDER, file));
}

export async function writeReleased(digests) {
  await writeJson(RELEASED, Object.fromEntries(Object.entries(digests).sort(([a], [b]) => (a < b ? -1 : 1))));
}

async function writeJson(file, value) {
  const options = await resolveConfig(file);
  const text = await format(JSON.stringify(value), { ...options, filepath: file });
  if (text !== (await readFile(file, 'utf8').catch(absent))) await writeFile(file, text);
}

function absent(error) {
  if (error.code !== 'ENOENT') throw error;
  return null;
}
