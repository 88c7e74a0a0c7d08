import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { runCli } from './run.ts';
import { subcommands } from './subcommands.ts';

const names = Object.keys(subcommands);

describe('waybill', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('%j lists every command', async (argv) => {
    const { exitCode, out } = await said(argv);
    expect(exitCode).toBe(0);
    for (const name of names) expect(out).toContain(`  ${name}`);
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    expect(await said(['--version'])).toEqual({ exitCode: 0, out: `${version}\n`, err: '' });
  });

  it.each(names)('%s explains each of its options', async (name) => {
    const { exitCode, out } = await said([name, '--help']);
    expect(exitCode).toBe(0);
    const explained = [...out.matchAll(/^ {2}--([a-z-]+)/gm)].map(([, option]) => option);
    expect(explained.toSorted()).toEqual(Object.keys(subcommands[name]?.options ?? {}).toSorted());
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown command', ['fly'], /there is no "fly"/],
    ['a name of every object', ['constructor'], /there is no "constructor"/],
    ['an unknown option', ['scenario', 'x.json', '--fast'], /--fast/],
    ['a missing file', ['scenario'], /usage: waybill scenario FILE/],
    ['a file too many', ['scenario', 'a.json', 'b.json'], /usage: waybill scenario FILE/],
    ['a file that is not there', ['scenario', 'no-such.json'], /cannot read no-such.json: ENOENT/],
    ['a file that is no scenario', ['scenario', 'tsconfig.json'], /\/steps is missing/],
    ['a URL that is none', ['events', 'tail', '--ledger', 'x', '--url', 'ftp://x'], /--url must be an http/],
    ['a figure of no report', ['lineage', 'positions', '--ledger', 'x'], /usage: waybill lineage REPORT FIGURE/],
    [
      'a row that is not found',
      ['lineage', 'funds', 'limitCents', '--ledger', 'x', '--by', 'TESLA'],
      /--by takes fields/,
    ],
    ['a difference from nowhere', ['difference', '--ledger', 'x', '--to', '7'], /say --from/],
    ['no ledger', ['events', 'export'], /--ledger must name a ledger/],
    ['a position that is none', ['events', 'export', '--ledger', 'x', '--after', '-1'], /--after/],
    [
      'events that are neither followed nor written',
      ['events', 'print', '--ledger', 'x'],
      /events tail.*events export/,
    ],
    ['a tail into a file', ['events', 'tail', '--ledger', 'x', '--output', 'f'], /takes no --output/],
    [
      'a format that is none',
      ['report', 'funds', '--ledger', 'x', '--format', 'xml'],
      /--format must be one of json, csv, p/,
    ],
    ['two formats', ['report', 'funds', '--ledger', 'x', '--format', 'csv', '--json'], /--json is json/],
    ['a report without a name', ['report', '--ledger', 'x'], /usage: waybill report NAME/],
    ['legs that are none', ['redirect', '--ledger', 'x', '--legs', 'SH-1:X'], /a leg is SHIPMENT:COMPANY:SITE or ORD/],
    ['a proposal by nobody', ['redirect', '--ledger', 'x', '--legs', 'SH-1:X:XDC'], /say --as/],
    [
      'a proposal for no reason',
      ['redirect', '--ledger', 'x', '--legs', 'SH-1:X:XDC', '--as', 'x-logistics', '--id', 'R'],
      /say --reason/,
    ],
    ['no database', ['migrate'], /set DATABASE_URL/],
    ['a source that is none', ['rebuild', '--ledger', 'x', '--from', 'memory'], /--from must be ledger or kafka/],
    ['a rebuild for no reason', ['rebuild', '--ledger', 'x', '--who', 'ada'], /say --who and --why/],
    ['a generation that is none', ['rebuild', '--ledger', 'x', '--drop', '0'], /--drop must be an integer from 1 on/],
    [
      'no projector',
      ['rebuild', '--ledger', 'x', '--who', 'a', '--why', 'b'],
      /DATABASE_URL to the URL of waybill_proj/,
    ],
    ['no data folder', ['doctor', '--ledger', 'x'], /set DATABASE_URL to the URL of waybill_auditor/],
  ])('ends with 2 for %s', async (_, argv, message) => {
    const { exitCode, err } = await said(argv, { WAYBILL_DATA: '/no/such/folder' });
    expect(err).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it('ends with 2 for an environment that cannot be used', async () => {
    expect(await said(['migrate'], { PORT: 'x' })).toEqual({
      exitCode: 2,
      out: '',
      err: 'waybill: PORT must be a port between 1 and 65535\n',
    });
  });
});

async function said(argv: readonly string[], environment: Record<string, string> = {}) {
  const texts = { out: '', err: '' };
  const into = (name: 'out' | 'err') =>
    new Writable({
      write: (chunk, _, done) => {
        texts[name] += String(chunk);
        done();
      },
    });
  const exitCode = await runCli(argv, { out: into('out'), err: into('err') }, environment);
  return { exitCode, ...texts };
}
