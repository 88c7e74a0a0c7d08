import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the nearest package.json above this file, in the sources as in the build. */
export function version(): string {
  const description = JSON.parse(readFileSync(join(packageFolder(import.meta.dirname), 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return description.version;
}

function packageFolder(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageFolder(dirname(folder));
}
