import { codeOf } from '../api/answer.ts';
import { UnexpectedAnswer } from '../api/errors.ts';
import type { WaybillClient } from '../api/waybill-client.ts';
import { UsageError } from '../cli/usage-error.ts';
import type { Scenario } from './scenario-file.ts';
import { idempotencyKeyOf } from './step-request.ts';

/** Opens the scenario's ledger, or branch; one that is there already must have the same clock, currency and beginning. */
export async function openLedger(client: WaybillClient, scenario: Scenario): Promise<void> {
  const { path, body } = openingOf(scenario);
  const answer = await client.post('admin', path, idempotencyKeyOf(scenario.ledger, 'open', body), body);
  const code = codeOf(answer.body);
  if (scenario.branchOf !== null && (code === 'LEDGER_UNKNOWN' || code === 'POSITION_UNKNOWN'))
    throw new UsageError(
      `there is no ${scenario.branchOf.ledger} with position ${scenario.branchOf.position}: play its story first`,
    );
  const isOpened = answer.status === 200 || answer.status === 201;
  if (!isOpened && code !== 'ALREADY_EXISTS') throw new UnexpectedAnswer('POST', client.url + path, answer);
  await requireSameLedger(client, scenario);
}

function openingOf({ ledger, clock, currency, title, branchOf }: Scenario): { path: string; body: object } {
  if (branchOf === null) return { path: '/v1/ledgers', body: { ledger, clock, currency, title } };
  const body = { branchId: ledger, fromPosition: branchOf.position, title };
  return { path: `/v1/ledgers/${branchOf.ledger}/branches`, body };
}

type Opened = Pick<Scenario, 'clock' | 'currency' | 'branchOf'>;

async function requireSameLedger(client: WaybillClient, scenario: Scenario): Promise<void> {
  const { ledger } = scenario;
  const [is, wanted] = [saidOf((await client.get('auditor', `/v1/ledgers/${ledger}`)) as Opened), saidOf(scenario)];
  if (is !== wanted) throw new UsageError(`ledger ${ledger} is there ${is}, not ${wanted}`);
}

function saidOf({ clock, currency, branchOf }: Opened): string {
  const fork = branchOf === null ? '' : `, a branch of ${branchOf.ledger} after position ${branchOf.position}`;
  return `with clock ${clock} and currency ${currency}${fork}`;
}
