import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { knownCompany, knownSku } from '../party/state.ts';
import { streamOf } from '../streams.ts';
import type { WaiveExposure } from './commands.ts';
import type { ExposureWaived } from './events.ts';
import { exposureUnits } from './exposure.ts';

export function waiveExposure(command: WaiveExposure, state: LedgerState, context: DecisionContext): [ExposureWaived] {
  const { debtorId, creditorId, skuId, quantity } = command;
  knownCompany(state.parties, debtorId);
  knownCompany(state.parties, creditorId);
  knownSku(state.parties, skuId);
  checkEffectiveDay(context);
  const owedUnits = exposureUnits(state.exposures, debtorId, creditorId, skuId);
  if (quantity > owedUnits) {
    throw new DomainError('MORE_THAN_OWED', { debtorId, creditorId, skuId, quantity, owedUnits });
  }
  const data = { debtorId, creditorId, skuId, quantity };
  return [{ type: 'ExposureWaived', stream: streamOf.exposure(debtorId, creditorId), data }];
}
