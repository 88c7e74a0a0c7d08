import { copyText } from './copy-text.ts';
import type { RowTable } from './row-table.ts';

const NOTES: RowTable = {
  name: 'notes',
  columns: { position: 'bigint', note: 'text', on: 'date', isNew: 'boolean', names: 'text[]', causes: 'jsonb' },
};

const linesOf = (...rows: object[]) => copyText({ table: NOTES, rows }, 3, 'group').toString('utf8').split('\n');

describe('rows as lines of COPY', () => {
  it('begin with generation and ledger, and have the columns in order; what is missing is null', () => {
    const row = { on: '2024-01-31', position: 7, isNew: false, note: '', names: ['X', 'TESLA'], causes: { site: -2 } };
    expect(linesOf(row, { position: 8, note: null, names: [] })).toEqual([
      '3\tgroup\t7\t\t2024-01-31\tfalse\t{"X","TESLA"}\t{"site":-2}',
      '3\tgroup\t8\t\\N\t\\N\t\\N\t{}\t\\N',
      '',
    ]);
  });

  it('hide what COPY, and what an array, would read as its own', () => {
    const note = 'tab\t, \\N, line\nand\rreturn';
    expect(linesOf({ position: 1, note, names: ['NULL', 'a"b\\c', ''], causes: { 'a\nb': 1 } })[0]).toBe(
      '3\tgroup\t1\ttab\\t, \\\\N, line\\nand\\rreturn\t\\N\t\\N\t{"NULL","a\\\\"b\\\\\\\\c",""}\t{"a\\\\nb":1}',
    );
  });

  it('have no number that JSON has not, and an object in a text as JSON has it', () => {
    expect(linesOf({ position: NaN, note: { a: 1 } })[0]).toBe('3\tgroup\t\\N\t{"a":1}\t\\N\t\\N\t\\N\t\\N');
  });

  it('have a NUL, which PostgreSQL refuses, for half a surrogate pair, which UTF-8 has not', () => {
    expect(linesOf({ note: 'ä😀' })[0]).toBe('3\tgroup\t\\N\tä😀\t\\N\t\\N\t\\N\t\\N');
    expect(linesOf({ note: 'ä\ud83d' })[0]).toBe('3\tgroup\t\\N\tä\0\t\\N\t\\N\t\\N\t\\N');
  });
});
