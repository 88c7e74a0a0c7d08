import type { Queryable } from '#libs/event-store';
import type { ClaimRow } from '../claims/table.ts';
import type { FigureRows, LineageMoment } from './rows.ts';
import type { LineageSubject } from './subject.ts';

/** The rows that add up to a figure of which no site's capacity is a part. */
export function rowsOf(subject: LineageSubject): FigureRows {
  const { report, figure, companyId, skuId, siteId, cause, lineId, redirectionId, leg } = subject;
  switch (report) {
    case 'positions':
      return figure === 'owedTo' || figure === 'owedBy'
        ? owed(subject)
        : bucket([companyId, skuId, siteId ?? null, figure]);
    case 'exposures':
      return exposure([subject.creditorId, subject.debtorId, skuId]);
    case 'funds':
      return figure === 'headroomCents' ? headroom([companyId]) : money([companyId, [figure]]);
    case 'slippage': {
      const amount = figure === 'valueCentDays' ? 'worth' : 'amount';
      const where = 'company_id = $5 and sku_id = $6 and measure = $7';
      return { table: 'amounts', amount, where, parameters: [companyId, skuId, `slip:${cause ?? ''}`] };
    }
    case 'delivery-schedule': {
      const measure = figure === 'causes' ? `slip:${cause ?? ''}` : figure;
      return {
        table: 'delivery_contributions',
        amount: 'amount',
        where: 'line_id = $5 and measure = $6',
        parameters: [lineId, measure],
      };
    }
    default:
      return {
        table: 'redirection_history',
        amount: 'units',
        where: 'redirection_id = $5 and leg = $6 and happening = $7',
        parameters: [redirectionId, leg, figure],
      };
  }
}

function bucket(parameters: readonly unknown[]): FigureRows {
  const where = 'company_id = $5 and sku_id = $6 and ($7::text is null or site_id = $7) and bucket = $8';
  return { table: 'position_contributions', amount: 'quantity', where, parameters };
}

/** Debts are netted by pair before what is owed to a company and what it owes are added up, each apart. */
function owed({ figure, companyId, skuId, siteId }: LineageSubject): FigureRows {
  const sign = figure === 'owedTo' ? '>' : '<';
  const where = `bucket = 'owed' and company_id = $5 and sku_id = $6 and $7::text is null and counterparty_id in (
    select counterparty_id
    from read.position_contributions
    where generation = $1 and ledger = $2 and position <= $3 and ($4::date is null or effective_on <= $4::date)
      and bucket = 'owed' and company_id = $5 and sku_id = $6
    group by counterparty_id
    having sum(quantity) ${sign} 0
  )`;
  const amount = figure === 'owedTo' ? 'quantity' : '-quantity';
  return { table: 'position_contributions', amount, where, parameters: [companyId, skuId, siteId ?? null] };
}

/** Both sides hold a debt; who sees one company only sees its side. */
function exposure(parameters: readonly unknown[]): FigureRows {
  const pair = `bucket = 'owed' and sku_id = $7
    and ((company_id = $5 and counterparty_id = $6) or (company_id = $6 and counterparty_id = $5))`;
  const where = `${pair} and company_id = (
    select min(company_id)
    from read.position_contributions
    where generation = $1 and ledger = $2 and ${pair}
  )`;
  const amount = 'case when company_id = $5 then quantity else -quantity end';
  return { table: 'position_contributions', amount, where, parameters };
}

function money(parameters: readonly unknown[]): FigureRows {
  return { table: 'amounts', amount: 'amount', where: 'company_id = $5 and measure = any ($6::text[])', parameters };
}

function headroom(parameters: readonly unknown[]): FigureRows {
  const where = `company_id = $5 and measure in ('limitCents', 'committedCents', 'consumedCents')`;
  return { table: 'amounts', amount: `case measure when 'limitCents' then amount else -amount end`, where, parameters };
}

/** The rows behind what the ledger says to a claim, and of which days; null: no such claim, or none that is seen. */
export async function claimRows(
  db: Queryable,
  moment: LineageMoment,
  { claimId, figure }: LineageSubject,
): Promise<(FigureRows & Pick<LineageMoment, 'validAt'>) | null> {
  const { rows } = await db.query<ClaimRow>(SELECT_CLAIM, [
    moment.generation,
    moment.ledger,
    moment.asOfPosition,
    claimId,
  ]);
  const [claim] = rows;
  if (claim === undefined) return null;
  const { companyId, skuId, metric, statedOn, horizon } = claim;
  const ofItsDay =
    figure === 'atStatedOn' || (figure === 'ledger' && (metric === 'accepted' || metric === 'energised'));
  const validAt = ofItsDay ? statedOn : null;
  if (metric === 'spendCents') return { ...money([companyId, ['committedCents', 'consumedCents']]), validAt };
  const supplied = `(bucket in ('accepted', 'atDock') or (bucket in ('open', 'inTransit') and due_on <= $7::date))`;
  const [counts, by] = metric === 'supplyBy' ? [supplied, horizon] : ['bucket = $7', metric];
  const where = `company_id = $5 and ($6::text is null or sku_id = $6) and ${counts}`;
  return { table: 'position_contributions', amount: 'quantity', where, parameters: [companyId, skuId, by], validAt };
}

const SELECT_CLAIM = `
  select company_id as "companyId", sku_id as "skuId", metric, stated_on::text as "statedOn", horizon::text as horizon
  from read.claims
  where generation = $1 and ledger = $2 and position <= $3 and claim_id = $4`;
