import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { serverProperties, type KafkaNode } from './server-properties.ts';

const run = promisify(execFile);

/** Formats the log folder beside its place and renames it: a folder that exists is whole. */
export async function formatOnce(log: string, jars: string, node: KafkaNode, clusterId: string): Promise<void> {
  if (existsSync(path.join(log, 'meta.properties'))) return;
  const unfinished = `${log}.unfinished`;
  await rm(log, { recursive: true, force: true });
  await rm(unfinished, { recursive: true, force: true });
  const properties = `${log}.format.properties`;
  await writeFile(properties, serverProperties(unfinished, node));
  const tool = [
    '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
    '-cp',
    path.join(jars, '*'),
    'kafka.tools.StorageTool',
  ];
  await run('java', [...tool, 'format', '-t', clusterId, '-c', properties]);
  await rm(properties);
  await rename(unfinished, log);
}

/** A Kafka Uuid, 16 bytes in base64url; one that began with a hyphen would be read as a flag. */
export function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}
