import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ServerToolMissingError } from '../errors.ts';
import { projectFolder } from '../project-folder.ts';
import { requireJava } from './java.ts';

const run = promisify(execFile);
const POM = path.join(import.meta.dirname, 'pom.xml');

export interface FetchedKafka {
  /** Folder of Kafka's jars. */
  readonly jars: string;
  /** False: they were there already. */
  readonly fetched: boolean;
}

/**
 * Brings Apache Kafka's jars by Maven into .waybill/kafka/libs, once a version of the pom.
 * Throws `ServerToolMissingError` without Java 17 or Maven.
 */
export async function fetchKafka(): Promise<FetchedKafka> {
  await requireJava();
  const jars = path.join(projectFolder(), '.waybill', 'kafka', 'libs');
  const stamp = createHash('sha256')
    .update(await readFile(POM))
    .digest('hex');
  if ((await stampIn(jars)) === stamp) return { jars, fetched: false };
  const unfinished = `${jars}.${String(process.pid)}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await copyDependencies(unfinished);
  await writeFile(path.join(unfinished, 'stamp'), stamp);
  await rm(jars, { recursive: true, force: true });
  await rename(unfinished, jars);
  return { jars, fetched: true };
}

async function stampIn(jars: string): Promise<string | null> {
  const file = path.join(jars, 'stamp');
  return existsSync(file) ? readFile(file, 'utf8') : null;
}

async function copyDependencies(folder: string): Promise<void> {
  const goal = ['-B', '-q', '-f', POM, 'dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
  try {
    await run('mvn', goal, { maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new ServerToolMissingError('Maven (mvn)', 'Install Maven 3.8 or later, or set KAFKA_BROKERS.', {
      cause: error,
    });
  }
}
