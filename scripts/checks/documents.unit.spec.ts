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

  it('link only to files that are there, and to headings that they have', () => {
    expect(inEach(linksOf, (path, link) => !leadsSomewhere(path, link))).toEqual([]);
  });

  it('name only npm scripts that package.json has', () => {
    expect(inEach(scriptsNamedBy, (_, name) => !(name in scripts) && !NPM_COMMANDS.includes(name))).toEqual([]);
  });

  it('name only paths of the project that there are', () => {
    expect(inEach(pathsNamedBy, (_, name) => !existsSync(join(PROJECT, name)))).toEqual([]);
  });
});

describe('the glossary', () => {
  const glossary = textOf('docs/glossary.md');
  const domain = trackedFiles().filter((path) => path.startsWith('libs/domain/') && !path.endsWith('.spec.ts'));
  const source = domain.map(textOf).join('\n');
  const inCode = (pattern: RegExp): string[] => [...source.matchAll(pattern)].map(([, name]) => name ?? '');

  it('explains every code that a rule of the domain can give, and no other', () => {
    const rejections = /## Rejections\n([\s\S]*)/.exec(glossary)?.[1] ?? '';
    const explained = [...rejections.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, code]) => code);
    const given = new Set(inCode(/'([A-Z]+(?:_[A-Z]+)+)'/g));
    expect(explained).toEqual([...given].sort());
  });

  it('names every event', () => {
    const events = inCode(/DomainEvent<\s*'([A-Za-z]+)'/g);
    expect(events.length).toBeGreaterThan(20);
    expect(events.filter((event) => !glossary.includes(`\`${event}\``))).toEqual([]);
  });
});

describe('the decisions', () => {
  const adrs = documents.filter((path) => /^docs\/adr\/\d{4}-/.test(path));

  it('say context, decision and consequences, on a page', () => {
    const headings = (path: string): string[] =>
      [...textOf(path).matchAll(/^## (.+)$/gm)].map(([, title]) => title ?? '');
    for (const path of adrs) {
      expect([path, headings(path)]).toEqual([path, ['Context', 'Decision', 'Consequences']]);
      expect([path, textOf(path).split('\n').length < 60]).toEqual([path, true]);
    }
  });

  it('are numbered without gaps and listed', () => {
    expect(adrs.map((path) => Number(path.slice(9, 13)))).toEqual(adrs.map((_, index) => index + 1));
    for (const path of adrs) expect(textOf('docs/adr/README.md')).toContain(path.slice(9));
  });
});

/** What is wrong in any document, with its path before it. */
function inEach(find: (path: string) => readonly string[], wrong: (path: string, found: string) => boolean): string[] {
  return documents.flatMap((path) =>
    find(path)
      .filter((found) => wrong(path, found))
      .map((found) => `${path}: ${found}`),
  );
}

function scriptsNamedBy(path: string): readonly string[] {
  return [...textOf(path).matchAll(/(?:`|^)npm (?:run )?([a-z][a-z:]*)/gm)].map(([, name]) => name ?? '');
}

function pathsNamedBy(path: string): readonly string[] {
  const named = textOf(path).matchAll(/`((?:apps|libs|scripts|bench|docs|docker)\/[\w./-]*[\w/])`/g);
  return [...named].map(([, name]) => name ?? '');
}

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
