import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { mustRun } from './project.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Sees to a Chromium for the page's tests: CHROMIUM_PATH, else one on PATH, else Debian's when we may install it. */
export async function ensureChromium() {
  const present = chromiumPath();
  if (present !== null) return present;
  if (process.getuid?.() !== 0 || onPath('apt-get') === null) throw new ChromiumMissing();
  await mustRun('apt-get', ['update', '-qq']);
  await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    env: { DEBIAN_FRONTEND: 'noninteractive' },
  });
  return 'installed';
}

/** Null when there is none. */
export function chromiumPath() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  return NAMES.map(onPath).find((found) => found !== null) ?? null;
}

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export class ChromiumMissing extends Error {
  constructor() {
    super('Chromium is missing. Install it (Debian: apt-get install chromium), or set CHROMIUM_PATH.');
    this.code = 'CHROMIUM_MISSING';
  }
}
