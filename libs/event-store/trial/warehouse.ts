import { canonicalJson, DomainError, type DecidedEvent, type Decider, type DomainEvent } from '#libs/kernel';
import type { EventCodec } from '../types.ts';

/**
 * A book for trials of the store: one budget and one capacity over all aisles. A reservation writes to its own aisle's stream only, so
 * that two of them on different streams break the capacity unless the whole ledger is serial (write skew).
 */
export type WarehouseCommand =
  | { readonly kind: 'open'; readonly capacityUnits: number; readonly budgetCents: number }
  | { readonly kind: 'reserve'; readonly aisle: string; readonly units: number; readonly cents: number }
  | { readonly kind: 'note'; readonly stream: string; readonly data: object; readonly type?: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'explode' };

export interface Warehouse {
  readonly capacityUnits: number;
  readonly budgetCents: number;
  readonly takenUnits: number;
  readonly spentCents: number;
}

export const warehouse: Decider<Warehouse, WarehouseCommand, DomainEvent> = {
  initial: { capacityUnits: 0, budgetCents: 0, takenUnits: 0, spentCents: 0 },

  decide(command, state) {
    switch (command.kind) {
      case 'open':
        return [{ type: 'WarehouseOpened', stream: 'warehouse/W', data: command }];
      case 'reserve':
        return reserve(command, state);
      case 'note':
        return [{ type: command.type ?? 'Noted', stream: command.stream, data: command.data }];
      case 'nothing':
        return [];
      case 'explode':
        throw new TypeError('a defect in a rule');
    }
  },

  evolve(state, { type, data }) {
    if (type === 'WarehouseOpened') return { ...state, ...(data as Pick<Warehouse, 'capacityUnits' | 'budgetCents'>) };
    if (type !== 'SpaceReserved') return state;
    const { units, cents } = data as Reservation;
    return { ...state, takenUnits: state.takenUnits + units, spentCents: state.spentCents + cents };
  },
};

/** Bodies as the ledger's own: RFC 8785 JSON of all but the position. */
export const warehouseCodec: EventCodec<DomainEvent> = {
  encode({ position: _, ...body }) {
    return canonicalJson(body);
  },
  decode({ position, body }) {
    return { ...(JSON.parse(body.toString()) as DecidedEvent), position };
  },
};

interface Reservation {
  readonly units: number;
  readonly cents: number;
}

function reserve(command: Reservation & { readonly aisle: string }, state: Warehouse): readonly DomainEvent[] {
  const { aisle, units, cents } = command;
  const headroomUnits = state.capacityUnits - state.takenUnits;
  if (units > headroomUnits) throw new DomainError('CAPACITY_EXCEEDED', { headroomUnits });
  const leftCents = state.budgetCents - state.spentCents;
  if (cents > leftCents) throw new DomainError('BUDGET_EXCEEDED', { leftCents });
  return [{ type: 'SpaceReserved', stream: `aisle/${aisle}`, data: { units, cents } }];
}
