import { DomainError } from '#libs/kernel';
import { broken, type Violation } from './violation.ts';
import type { ModelLedger } from './model-ledger.ts';
import type { Invocation } from './trading-client.ts';
import {
  BUDGET_CENTS,
  DOCK_ORDERS,
  HALL_UNITS,
  tradingCodec,
  tradingRules,
  type TradingEvent,
} from './trading-rules.ts';

interface Standing {
  readonly site: string;
  readonly units: number;
  readonly cents: number;
}

/** The limits, summed from the events as if there were no rules. */
export function tradingFaults(ledger: ModelLedger): Violation[] {
  const open = new Map<string, Standing>();
  const parties = new Map<string, Set<string>>();
  return eventsOf(ledger).flatMap((event) => {
    const { order } = event.data;
    if (event.type === 'OrderPlaced') open.set(order, event.data);
    if (event.type === 'OrderCancelled') open.delete(order);
    if (event.type === 'OrderApproved') parties.set(order, (parties.get(order) ?? new Set()).add(event.data.party));
    const approvedBy = parties.get(order)?.size ?? 0;
    return [
      ...broken(event.type !== 'OrderReleased' || approvedBy === 2, 'two parties release an order', `${ledger.ledger} ${order}`), // prettier-ignore
      ...limitFaults(`${ledger.ledger} ${order}`, [...open.values()]),
    ];
  });
}

function limitFaults(where: string, open: readonly Standing[]): Violation[] {
  const at = (name: string) => open.filter(({ site }) => site === name);
  const sum = (orders: readonly Standing[], figure: 'units' | 'cents') =>
    orders.reduce((total, order) => total + order[figure], 0);
  return [
    ...broken(sum(open, 'cents') <= BUDGET_CENTS, 'the budget is kept', where),
    ...['north', 'south'].flatMap((site) => [
      ...broken(sum(at(site), 'units') <= HALL_UNITS, 'the hall is not overfilled', where),
      ...broken(at(site).length <= DOCK_ORDERS, 'the dock is not overrun', where),
    ]),
  ];
}

/** The codes with which the command is rejected on some state of the ledger between its question and its first answer. */
export function rejectionsIn({ ledger, command, invokedAtHead, answers }: Invocation): ReadonlySet<string> {
  const codes = new Set<string>();
  const events = eventsOf(ledger);
  let state = tradingRules.initial;
  for (let head = 0; head <= (answers[0]?.atHead ?? 0); head += 1) {
    const event = events[head - 1];
    if (event !== undefined) state = tradingRules.evolve(state, event as never);
    if (head < invokedAtHead) continue;
    try {
      tradingRules.decide(command, state, {} as never);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      codes.add(error.code);
    }
  }
  return codes;
}

/** A body is read once, however many promises ask for it. */
const decoded = new WeakMap<object, TradingEvent>();

function eventsOf({ events }: ModelLedger): readonly TradingEvent[] {
  return events.map((event) => {
    const known = decoded.get(event) ?? tradingCodec.decode(event);
    decoded.set(event, known);
    return known;
  });
}
