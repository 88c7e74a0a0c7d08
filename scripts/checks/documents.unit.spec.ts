import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { PROJECT, textOf, trackedFiles } from './tracked-files.ts';

const documents = trackedFiles().filter((path) => path.endsWith('.md'));
const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };

/** Said by npm itself, not by package.json. */
const NPM_COMMANDS = ['ci', 'install', 'start', 'test'];

describe('the documents', () => {
  it('are there', () => {
    for (const path of [
      'README.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'docs/glossary.md',
      'docs/architecture.md',
    ])
      expect(documents).toContain(path);
    expect(documents.filter((path) => path.startsWith('docs/adr/')).length).toBeGreaterThanOrEqual(10);
  });

  it.each(documents)('%s links only to files that are there, and to headings that they have', (path) => {
    expect(linksOf(path).filter((link) => !leadsSomewhere(path, link))).toEqual([]);
  });

  it.each(documents)('%s names only npm scripts that package.json has', (path) => {
    const named = [...textOf(path).matchAll(/\bnpm (?:run )?([a-z][a-z:]*)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts) && !NPM_COMMANDS.includes(name))).toEqual([]);
  });

  it.each(documents)('%s names only paths of the project that there are', (path) => {
    const named = [...textOf(path).matchAll(/`((?:apps|libs|scripts|bench|docs|docker)\/[\w./-]*[\w/])`/g)];
    expect(named.map(([, name]) => name ?? '').filter((name) => !existsSync(join(PROJECT, name)))).toEqual([]);
  });
});

describe('the decisions', () => {
  const adrs = documents.filter((path) => /^docs\/adr\/\d{4}-/.test(path));

  it.each(adrs)('%s says context, decision and consequences on a page', (path) => {
    const text = textOf(path);
    for (const heading of ['## Context', '## Decision', '## Consequences']) expect(text).toContain(`\n${heading}\n`);
    expect(text.split('\n').length).toBeLessThan(60);
  });

  it('are numbered without gaps and listed', () => {
    expect(adrs.map((path) => Number(path.slice(9, 13)))).toEqual(adrs.map((_, index) => index + 1));
    for (const path of adrs) expect(textOf('docs/adr/README.md')).toContain(path.slice(9));
  });
});

function linksOf(path: string): readonly string[] {
  const links = [...textOf(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? '');
  return links.filter((link) => !/^(https?|mailto):/.test(link));
}

function leadsSomewhere(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const path = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(PROJECT, path))) return false;
  return heading === undefined || headingsOf(path).includes(heading);
}

function headingsOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}
