import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ServerToolMissingError } from '../errors.ts';

const run = promisify(execFile);
const OLDEST_MAJOR = 17;
const REMEDY =
  'Install a JDK 17 or later (Debian: apt-get install openjdk-17-jdk-headless maven), or set KAFKA_BROKERS.';

/** Throws `ServerToolMissingError` when `java` is absent or older than Kafka 4 needs. */
export async function requireJava(): Promise<void> {
  const major = await javaMajor();
  if (major < OLDEST_MAJOR)
    throw new ServerToolMissingError(`Java ${String(OLDEST_MAJOR)} (found ${String(major)})`, REMEDY);
}

async function javaMajor(): Promise<number> {
  try {
    const { stderr, stdout } = await run('java', ['-version']);
    return Number(/version "(\d+)/.exec(stderr + stdout)?.[1] ?? 0);
  } catch (error) {
    throw new ServerToolMissingError('Java (java)', REMEDY, { cause: error });
  }
}
