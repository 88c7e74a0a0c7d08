import { existsSync, readFileSync } from 'node:fs';
import { inProject, mustRun } from './project.mjs';

/** `npm ci` unless node_modules holds exactly what package-lock.json asks for. */
export async function installPackages() {
  if (isInstalled()) return 'up to date';
  await mustRun('npm', ['ci', '--no-audit', '--no-fund']);
  return 'installed';
}

/** npm writes the hidden lockfile last: an interrupted installation has none, or an old one. */
function isInstalled() {
  const hidden = inProject('node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const present = packagesIn(hidden);
  return Object.entries(packagesIn(inProject('package-lock.json'))).every(([folder, wanted]) =>
    folder in present ? present[folder].version === wanted.version : folder === '' || wanted.optional === true,
  );
}

function packagesIn(lockfile) {
  return JSON.parse(readFileSync(lockfile, 'utf8')).packages;
}
