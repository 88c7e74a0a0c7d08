import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROBLEM_CODES } from './problem-codes.ts';

const DOMAIN = join(import.meta.dirname, '../../domain');

describe('the table of problem codes', () => {
  it('has every code that the domain can reject a command with', async () => {
    const files = (await readdir(DOMAIN, { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'),
    );
    const sources = await Promise.all(files.map((name) => readFile(join(DOMAIN, name), 'utf8')));
    const codes = sources.flatMap((source) =>
      [...source.matchAll(/new DomainError\(\s*'([A-Z_]+)'/g)].map(([, code]) => code ?? ''),
    );
    expect(codes.length).toBeGreaterThan(30);
    expect([...new Set(codes)].filter((code) => !(code in PROBLEM_CODES))).toEqual([]);
  });

  it('gives each a status of a client or server error, a title and a hint', () => {
    const poor = Object.entries(PROBLEM_CODES).filter(
      ([, { status, title, hint }]) => status < 400 || status > 599 || title.length < 3 || !hint.endsWith('.'),
    );
    expect(poor).toEqual([]);
  });

  it('gives four-eyes refusals 403, unknown things 404, other rules 409', () => {
    const statusOf = (code: string) => PROBLEM_CODES[code]?.status;
    expect(['SELF_APPROVAL', 'SAME_APPROVER', 'NOT_THE_PROPOSER'].map(statusOf)).toEqual([403, 403, 403]);
    const unknown = Object.keys(PROBLEM_CODES).filter(
      (code) => code.endsWith('_UNKNOWN') && code !== 'POSITION_UNKNOWN',
    );
    expect(new Set(unknown.map(statusOf))).toEqual(new Set([404]));
    expect(statusOf('BUDGET_EXCEEDED')).toBe(409);
  });
});
