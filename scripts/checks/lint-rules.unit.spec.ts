import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const PROJECT = join(import.meta.dirname, '../..');

/** Texts are linted in place of files that exist, so that rules that need types have the project around them. */
const DOMAIN = 'libs/domain/events.ts';
const KERNEL = 'libs/kernel/day.ts';
const STORE = 'libs/event-store/errors.ts';
const SPEC = 'libs/kernel/persistent-map.unit.spec.ts';
const SCRIPT = 'eslint.config.mjs';

const SYNTAX = 'no-restricted-syntax';
const GLOBALS = 'no-restricted-globals';
const asked = 'export const asked = ';

const planted: readonly (readonly [path: string, text: string, rule: string])[] = [
  [DOMAIN, `${asked}Date.now();`, GLOBALS],
  [DOMAIN, `${asked}new Date(0);`, GLOBALS],
  [DOMAIN, `${asked}performance.now();`, GLOBALS],
  [DOMAIN, `${asked}crypto.randomUUID();`, GLOBALS],
  [DOMAIN, `${asked}setTimeout(() => 1, 1);`, GLOBALS],
  [DOMAIN, `${asked}process.pid;`, GLOBALS],
  [DOMAIN, `${asked}Intl.Collator;`, GLOBALS],
  [DOMAIN, `${asked}Math.random();`, SYNTAX],
  [DOMAIN, `${asked}'a'.localeCompare('b');`, SYNTAX],
  [DOMAIN, `export async function ask(): Promise<void> { await Promise.resolve(); }`, SYNTAX],
  [KERNEL, `${asked}Date.now();`, SYNTAX],
  [KERNEL, `${asked}new Date();`, SYNTAX],
  [KERNEL, `${asked}Date();`, SYNTAX],
  [KERNEL, `${asked}crypto.randomUUID();`, GLOBALS],
  [STORE, `${asked}process.env['HOME'];`, SYNTAX],
  [STORE, `import { env } from 'node:process';\n${asked}env['HOME'];`, 'no-restricted-imports'],
  [STORE, `import { EventBus } from '@nestjs/cqrs';\n${asked}EventBus;`, 'no-restricted-imports'],
  [STORE, `import { forwardRef } from '@nestjs/common';\n${asked}forwardRef;`, 'no-restricted-imports'],
  [STORE, `export const told = (error: Error): boolean => error.message.includes('gone');`, SYNTAX],
  [STORE, `export const told = (error: Error): boolean => error.message === 'gone';`, SYNTAX],
  [STORE, `export const told = (error: Error): boolean => /gone/.test(error.message);`, SYNTAX],
  [STORE, `export const told = (ask: Promise<number>): Promise<unknown> => ask.catch(() => undefined);`, SYNTAX],
  [STORE, `export const told = (ask: Promise<number>): Promise<unknown> => ask.catch(() => {});`, SYNTAX],
  [STORE, `export function told(ask: () => void): void { try { ask(); } catch {} }`, 'no-empty'],
  [STORE, `export function told(ask: Promise<number>): void { ask; }`, '@typescript-eslint/no-floating-promises'],
  [STORE, `export function told(ask: any): void { void ask; }`, '@typescript-eslint/no-explicit-any'],
  [
    STORE,
    `import { DomainError } from '#libs/kernel';\nexport type Told = DomainError;`,
    '@typescript-eslint/consistent-type-imports',
  ],
  [
    STORE,
    `export function told(kind: 'a' | 'b'): number { switch (kind) { case 'a': return 1; } return 2; }`,
    '@typescript-eslint/switch-exhaustiveness-check',
  ],
  [STORE, `console.log('here');`, 'no-console'],
  [STORE, `// TODO: later\n${asked}1;`, 'no-warning-comments'],
  [STORE, `// @ts-ignore\n${asked}1;`, '@typescript-eslint/ban-ts-comment'],
  [STORE, `export {};\n`.repeat(251), 'max-lines'],
  [STORE, `export function long(): void {\n${'  void 0;\n'.repeat(60)}}`, 'max-lines-per-function'],
  [SPEC, `it.skip('is left out', () => { expect(1).toBe(2); });`, SYNTAX],
  [SPEC, `xit('is left out', () => { expect(1).toBe(2); });`, SYNTAX],
  [SCRIPT, `const told = (error) => error.message === 'gone';\nexport default told;`, SYNTAX],
];

const allowed: readonly (readonly [path: string, text: string])[] = [
  [KERNEL, `export const told = (instantMs: number): Date => new Date(instantMs);`],
  [STORE, `export const told = (): number => Date.now();`],
];

describe('the rules of code', () => {
  const [brokenByPlanted, brokenByAllowed] = [lintEach(planted), lintEach(allowed)];

  it.each(planted.map(([path, text, rule], index) => ({ path, rule, index, text: text.slice(0, 70) })))(
    '$rule fires in $path on $text',
    ({ rule, index }) => {
      expect(brokenByPlanted[index]?.map((found) => found.rule)).toContain(rule);
    },
  );

  it.each(allowed.map(([path, text], index) => ({ path, text, index })))(
    'nothing fires in $path on $text',
    ({ index }) => {
      expect(brokenByAllowed[index]).toEqual([]);
    },
  );

  it('cannot be switched off by a comment', () => {
    const [broken] = lintEach([[STORE, `/* eslint-disable no-console */\nconsole.log('here');`]]);
    expect(broken?.map((found) => found.rule)).toContain('no-console');
  });
});

function lintEach(texts: readonly (readonly [path: string, text: string, ...unknown[]])[]): { rule: string }[][] {
  const input = JSON.stringify(texts.map(([path, text]) => ({ path, text })));
  const json = execFileSync(process.execPath, [join(import.meta.dirname, 'lint-each.mjs')], {
    cwd: PROJECT,
    input,
    encoding: 'utf8',
  });
  return JSON.parse(json) as { rule: string }[][];
}
