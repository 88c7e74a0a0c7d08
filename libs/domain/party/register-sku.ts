import { DomainError, type DecisionContext } from '#libs/kernel';
import { checkEffectiveDay } from '../effective-day.ts';
import type { LedgerState } from '../ledger-state.ts';
import { streamOf } from '../streams.ts';
import type { RegisterSku } from './commands.ts';
import type { SkuRegistered } from './events.ts';

export function registerSku(command: RegisterSku, { parties }: LedgerState, context: DecisionContext): [SkuRegistered] {
  const { skuId, name, wattsPerUnit } = command;
  checkEffectiveDay(context);
  if (parties.skus.has(skuId)) throw new DomainError('ALREADY_EXISTS', { skuId });
  return [{ type: 'SkuRegistered', stream: streamOf.sku(skuId), data: { skuId, name, wattsPerUnit } }];
}
