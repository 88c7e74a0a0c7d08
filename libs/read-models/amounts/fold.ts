import type { LedgerEvent, Slip } from '#libs/domain';
import { exactNegative, type ExactInteger, type Id } from '#libs/kernel';
import type { Amount, Measure } from './amount.ts';

/** The signed amounts that `event` adds to companies' accounts, none of them zero. */
export function amountsOf(event: LedgerEvent): readonly Amount[] {
  const slips = slipsOf(event);
  const amounts = slips.length === 0 ? moneyOf(event) : [...moneyOf(event), ...slips.map(lateness)];
  return amounts.every(isSome) ? amounts : amounts.filter(isSome);
}

function moneyOf({ type, data }: LedgerEvent): readonly Amount[] {
  switch (type) {
    case 'BudgetApproved':
      return [cents('limitCents', data.companyId, data.limitCents)];
    case 'FundsCommitted':
      return [cents('committedCents', data.companyId, data.amountCents)];
    case 'FundsReleased':
      return [cents('committedCents', data.companyId, exactNegative(data.amountCents))];
    case 'FundsConsumed':
    case 'ReceiptCorrected':
      return [
        cents('committedCents', data.companyId, exactNegative(data.amountCents)),
        cents('consumedCents', data.companyId, data.amountCents),
      ];
    case 'UnitsReturned':
      return [
        cents('committedCents', data.companyId, data.amountCents),
        cents('consumedCents', data.companyId, exactNegative(data.amountCents)),
      ];
    case 'FundsMoved':
      return data.moves.map(({ companyId, deltaCents }) => cents('committedCents', companyId, deltaCents));
    default:
      return [];
  }
}

function slipsOf({ type, data }: LedgerEvent): readonly Slip[] {
  switch (type) {
    case 'TrancheConfirmed':
    case 'TrancheRescheduled':
    case 'TrancheAmended':
    case 'ReplacementPromised':
    case 'ShipmentDispatched':
    case 'EtaRevised':
    case 'ReceiptAccepted':
    case 'RedirectionActivated':
      return data.slips;
    default:
      return [];
  }
}

function isSome({ amount }: Amount): boolean {
  return amount !== '0';
}

function cents(measure: Measure, companyId: Id, amount: ExactInteger): Amount {
  return { measure, companyId, skuId: null, amount: String(amount), worth: null };
}

function lateness({ companyId, skuId, cause, unitDays, unitPriceCents }: Slip): Amount {
  const worth = String(BigInt(unitDays) * BigInt(unitPriceCents));
  return { measure: `slip:${cause}`, companyId, skuId, amount: String(unitDays), worth };
}
