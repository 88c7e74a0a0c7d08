import { codeOf } from '../api/answer.ts';
import { UnexpectedAnswer } from '../api/errors.ts';
import type { WaybillClient } from '../api/waybill-client.ts';
import { UsageError } from '../cli/usage-error.ts';
import type { Scenario } from './scenario-file.ts';
import { idempotencyKeyOf } from './step-request.ts';

/** Opens the scenario's ledger; one that is there already must have the same clock and currency. */
export async function openLedger(client: WaybillClient, scenario: Scenario): Promise<void> {
  const { ledger, clock, currency, title } = scenario;
  const body = { ledger, clock, currency, title };
  const answer = await client.post('admin', '/v1/ledgers', idempotencyKeyOf(ledger, 'open', body), body);
  if (answer.status === 200 || answer.status === 201) return;
  if (codeOf(answer.body) !== 'ALREADY_EXISTS') throw new UnexpectedAnswer('POST', `${client.url}/v1/ledgers`, answer);
  await requireSameLedger(client, scenario);
}

async function requireSameLedger(client: WaybillClient, { ledger, clock, currency }: Scenario): Promise<void> {
  const found = (await client.get('auditor', `/v1/ledgers/${ledger}`)) as Record<string, unknown>;
  if (found['clock'] === clock && found['currency'] === currency) return;
  throw new UsageError(
    `ledger ${ledger} is there with clock ${String(found['clock'])} and currency ${String(found['currency'])}, not ${clock} and ${currency}`,
  );
}
