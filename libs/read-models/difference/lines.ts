import type { Queryable } from '#libs/event-store';
import type { Day } from '#libs/kernel';
import type { Line, LineId } from '../delivery-schedule/line.ts';
import { lineOf, VERSION_COLUMNS, type VersionColumns } from '../delivery-schedule/version-row.ts';
import type { Comparison, DifferenceFilter, Eyes, Figure, Side, Value } from './comparison.ts';

/** What is said of a line; its company first, as everything else is said of whose it is then. */
const FACTS = [
  ...(['companyId', 'billedCompanyId', 'siteId', 'status'] as const),
  ...(['requestedDate', 'firstPromisedDate', 'promisedDate', 'expectedDate', 'actualDate'] as const),
] as const;

/** The lines that an event after the common position changed on either side, as `side` has them. */
export async function lineFigures(
  { own }: Eyes,
  side: Side,
  { before, after, commonPosition, validAt, filter }: Comparison,
): Promise<readonly Figure[]> {
  const changed = [
    ...(await changedLines(own, before, commonPosition)),
    ...(await changedLines(own, after, commonPosition)),
  ];
  const lineIds = [...new Set(changed)];
  const olds = await linesOf(own, before, validAt, lineIds);
  const news = await linesOf(own, after, validAt, lineIds);
  const asked = lineIds.filter((id) => [olds.get(id), news.get(id)].some((line) => fits(line, filter)));
  const lines = side === before ? olds : news;
  return asked.flatMap((lineId) => {
    const line = lines.get(lineId);
    return line === undefined ? [] : figuresOfLine(lineId, line);
  });
}

/** A fact or figure of a line: `causes` goes with a cause. */
export function valueOf(line: Line | undefined, figure: string, cause: string | undefined): Value {
  if (figure === 'causes') return BigInt(line?.causes[cause as keyof Line['causes']] ?? 0);
  if (figure === 'quantity' || figure === 'dateChanges') return BigInt(line?.[figure] ?? 0);
  return line?.[figure as (typeof FACTS)[number]] ?? null;
}

function figuresOfLine(lineId: LineId, line: Line): readonly Figure[] {
  const { companyId, skuId } = line;
  const named = { report: 'delivery-schedule', lineId, skuId } as const;
  const facts = [...FACTS, 'quantity', 'dateChanges'].map((figure) => ({ ...named, figure }));
  const causes = Object.keys(line.causes).map((cause) => ({ ...named, figure: 'causes', cause }));
  const units = { quantity: line.quantity, status: line.status };
  return [
    ...facts.map((key) => ({ key, companyId, value: valueOf(line, key.figure, undefined), line: units })),
    ...causes.map((key) => ({ key, companyId, value: valueOf(line, key.figure, key.cause), line: units })),
  ];
}

function fits(line: Line | undefined, { companyId, skuId, siteId }: DifferenceFilter): boolean {
  if (line === undefined) return false;
  return [
    companyId === undefined || line.companyId === companyId,
    skuId === undefined || line.skuId === skuId,
    siteId === undefined || line.siteId === siteId,
  ].every(Boolean);
}

async function changedLines(
  db: Queryable,
  { generation, ledger, asOfPosition }: Side,
  commonPosition: number,
): Promise<readonly LineId[]> {
  if (asOfPosition <= commonPosition) return [];
  const { rows } = await db.query<{ line_id: LineId }>(SELECT_CHANGED, [
    generation,
    ledger,
    asOfPosition,
    commonPosition,
  ]);
  return rows.map((row) => row.line_id);
}

async function linesOf(
  db: Queryable,
  { generation, ledger, asOfPosition }: Side,
  validAt: Day | null,
  lineIds: readonly LineId[],
): Promise<ReadonlyMap<LineId, Line>> {
  const asked = [generation, ledger, asOfPosition, validAt, lineIds];
  const { rows } = await db.query<VersionColumns>(SELECT_LINES, asked);
  return new Map(rows.map((row) => [row.line_id, lineOf(row)]));
}

const SELECT_CHANGED = `
  select distinct line_id
  from read.delivery_versions
  where generation = $1 and ledger = $2 and position <= $3 and position > $4`;

// As in the delivery schedule: the newest version by a day, which may say that the line is no longer seen.
const SELECT_LINES = `
  with newest as (
    select distinct on (line_id) *
    from read.delivery_versions
    where generation = $1 and ledger = $2 and line_id = any ($5::text[])
      and position <= $3
      and ($4::date is null or effective_on <= $4)
    order by line_id, effective_on desc, position desc, withdrawn
  )
  select ${VERSION_COLUMNS}
  from newest
  where not withdrawn`;

/** What a fact of a line was from a position on; null: not there, or not seen. */
export interface FactStep {
  readonly position: number;
  readonly value: Value;
}

/** How a fact of a line went, position by position. */
export async function factSteps(
  db: Queryable,
  { generation, ledger, asOfPosition }: Side,
  validAt: Day | null,
  { lineId, figure }: { readonly lineId: LineId; readonly figure: string },
): Promise<readonly FactStep[]> {
  const asked = [generation, ledger, asOfPosition, validAt, lineId];
  const { rows } = await db.query<WrittenVersion>(SELECT_VERSIONS, asked);
  const steps: FactStep[] = [];
  let newest: WrittenVersion | undefined;
  for (const [index, row] of rows.entries()) {
    if (newest === undefined || row.effective_on >= newest.effective_on) newest = row;
    if (rows[index + 1]?.position === row.position) continue;
    steps.push({
      position: Number(row.position),
      value: valueOf(newest.withdrawn ? undefined : lineOf(newest), figure, undefined),
    });
  }
  return steps;
}

type WrittenVersion = VersionColumns & {
  readonly position: string;
  readonly effective_on: Day;
  readonly withdrawn: boolean;
};

const SELECT_VERSIONS = `
  select position, effective_on::text, withdrawn, ${VERSION_COLUMNS}
  from read.delivery_versions
  where generation = $1 and ledger = $2 and line_id = $5
    and position <= $3
    and ($4::date is null or effective_on <= $4)
  order by position, effective_on, withdrawn desc`;
