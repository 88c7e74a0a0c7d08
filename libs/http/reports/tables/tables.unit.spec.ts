import { parquetReadObjects } from 'hyparquet';
import { FundsItemDto, SlippageItemDto } from '../accounts.dto.ts';
import { DifferenceItemDto } from '../../differences/differences.dto.ts';
import { DeliveryScheduleDto, PositionItemDto, ScheduleItemDto } from '../reports.dto.ts';
import { columnsOf, type Column } from './columns.ts';
import { csvOf } from './csv.ts';
import { parquetOf } from './parquet.ts';

const columns: readonly Column[] = [
  { name: 'quote', kind: 'text' },
  { name: 'units', kind: 'integer' },
  { name: 'related', kind: 'flag' },
  { name: 'causes', kind: 'nested' },
];
const rows = [
  { quote: '=HYPERLINK("http://x")', units: -5, related: true, causes: { supplier: 1 } },
  { quote: '-1+1, "so"', units: '-77777777777777777777', related: false, causes: [] },
  { quote: 'plain', units: null, related: null },
];

describe('columns', () => {
  it('are the fields of the row in their order, by what they hold', () => {
    expect(columnsOf(FundsItemDto).map(({ name, kind }) => `${name} ${kind}`)).toEqual([
      'companyId text',
      'limitCents integer',
      'committedCents integer',
      'consumedCents integer',
      'headroomCents integer',
    ]);
    const kinds = (item: Parameters<typeof columnsOf>[0]) =>
      Object.fromEntries(columnsOf(item).map(({ name, kind }) => [name, kind]));
    expect(kinds(SlippageItemDto)).toMatchObject({ cause: 'text', unitDays: 'integer' });
    expect(kinds(PositionItemDto)).toMatchObject({ siteId: 'text', open: 'integer' });
    expect(kinds(ScheduleItemDto)).toMatchObject({ causes: 'nested', slipDays: 'integer', actualDate: 'text' });
    expect(kinds(DifferenceItemDto)).toMatchObject({ before: 'mixed', delta: 'integer', events: 'nested' });
    expect(kinds(DeliveryScheduleDto)).toMatchObject({ items: 'nested', hasMore: 'flag' });
  });
});

describe('CSV', () => {
  it('keeps figures exact, quotes what must be, and lets no text be a formula', () => {
    expect(csvOf(columns, rows).split('\r\n')).toEqual([
      'quote,units,related,causes',
      `"'=HYPERLINK(""http://x"")",-5,true,"{""supplier"":1}"`,
      `"'-1+1, ""so""",-77777777777777777777,false,[]`,
      'plain,,,',
      '',
    ]);
  });

  it('tells a figure from a text where a column holds either', () => {
    const mixed = [-5, '-77777777777777777777', '2024-01-31', '-1+1', null].map((before) => ({ before }));
    expect(csvOf([{ name: 'before', kind: 'mixed' }], mixed)).toBe(
      "before\r\n-5\r\n-77777777777777777777\r\n2024-01-31\r\n'-1+1\r\n\r\n",
    );
  });

  it('has its header when there are no rows', () => {
    expect(csvOf(columns, [])).toBe('quote,units,related,causes\r\n');
  });
});

describe('Parquet', () => {
  const readBack = (buffer: Buffer) => parquetReadObjects({ file: Uint8Array.from(buffer).buffer });

  it('holds what the rows hold; digits where a figure is beyond 64 bits', async () => {
    expect(await readBack(parquetOf(columns, rows))).toEqual([
      { quote: '=HYPERLINK("http://x")', units: '-5', related: true, causes: '{"supplier":1}' },
      { quote: '-1+1, "so"', units: '-77777777777777777777', related: false, causes: '[]' },
      { quote: 'plain', units: null, related: null, causes: null },
    ]);
    const [first] = await readBack(parquetOf(columns, rows.slice(0, 1)));
    expect(first).toMatchObject({ units: -5n });
  });

  it('can be empty', async () => {
    expect(await readBack(parquetOf(columns, []))).toEqual([]);
  });
});
