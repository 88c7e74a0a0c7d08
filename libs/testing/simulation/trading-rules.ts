import { DomainError, type Decider, type DomainEvent } from '#libs/kernel';
import type { EventCodec } from '#libs/event-store';

export const BUDGET_CENTS = 100;
/** Of each site. */
export const HALL_UNITS = 8;
export const DOCK_ORDERS = 2;

export type TradingCommand =
  | {
      readonly type: 'Order';
      readonly order: string;
      readonly site: string;
      readonly units: number;
      readonly cents: number;
    }
  | { readonly type: 'Cancel'; readonly order: string }
  | { readonly type: 'Approve'; readonly order: string; readonly party: string };

type OrderData = { readonly order: string; readonly site: string; readonly units: number; readonly cents: number };
export type TradingEvent =
  | DomainEvent<'OrderPlaced', OrderData>
  | DomainEvent<'OrderCancelled', { readonly order: string }>
  | DomainEvent<'OrderApproved', { readonly order: string; readonly party: string }>
  | DomainEvent<'OrderReleased', { readonly order: string }>;

interface Order extends OrderData {
  readonly open: boolean;
  readonly approvedBy: readonly string[];
}
export type TradingState = Readonly<Record<string, Order>>;

/**
 * The smallest book whose rules span streams: a budget over all orders, a hall and a dock over the orders of a site, a
 * release by two parties. Whoever checks only the stream that is written overruns all three.
 */
export const tradingRules: Decider<TradingState, TradingCommand, TradingEvent> = { initial: {}, decide, evolve };

function decide(command: TradingCommand, state: TradingState): readonly TradingEvent[] {
  if (command.type === 'Order') return place(command, state);
  const stream = `order/${command.order}`;
  const order = state[command.order];
  if (order === undefined) throw new DomainError('ORDER_UNKNOWN', { order: command.order });
  if (!order.open) throw new DomainError('ORDER_CLOSED', { order: command.order });
  if (command.type === 'Cancel') return [{ type: 'OrderCancelled', stream, data: { order: command.order } }];
  if (order.approvedBy.includes(command.party)) throw new DomainError('SAME_PARTY', { party: command.party });
  const { order: id, party } = command;
  const approved: TradingEvent = { type: 'OrderApproved', stream, data: { order: id, party } };
  if (order.approvedBy.length !== 1) return [approved];
  return [approved, { type: 'OrderReleased', stream: `shipment/${id}`, data: { order: id } }];
}

function place({ type: _, ...data }: TradingCommand & { type: 'Order' }, state: TradingState): readonly TradingEvent[] {
  if (state[data.order] !== undefined) throw new DomainError('ORDER_EXISTS', { order: data.order });
  const open = Object.values(state).filter((order) => order.open);
  const here = open.filter(({ site }) => site === data.site);
  if (sumOf(open, 'cents') + data.cents > BUDGET_CENTS) throw new DomainError('BUDGET_EXCEEDED');
  if (sumOf(here, 'units') + data.units > HALL_UNITS) throw new DomainError('HALL_FULL');
  if (here.length + 1 > DOCK_ORDERS) throw new DomainError('DOCK_FULL');
  return [{ type: 'OrderPlaced', stream: `order/${data.order}`, data }];
}

function evolve(state: TradingState, event: TradingEvent): TradingState {
  if (event.type === 'OrderPlaced') {
    return { ...state, [event.data.order]: { ...event.data, open: true, approvedBy: [] } };
  }
  const order = state[event.data.order];
  if (order === undefined || event.type === 'OrderReleased') return state;
  if (event.type === 'OrderCancelled') return { ...state, [order.order]: { ...order, open: false } };
  return { ...state, [order.order]: { ...order, approvedBy: [...order.approvedBy, event.data.party] } };
}

function sumOf(orders: readonly Order[], figure: 'units' | 'cents'): number {
  return orders.reduce((sum, order) => sum + order[figure], 0);
}

export const tradingCodec: EventCodec<TradingEvent> = {
  encode: ({ position: _, ...body }) => JSON.stringify(body),
  decode: ({ position, body }) => ({ ...(JSON.parse(body.toString()) as object), position }) as never,
};
