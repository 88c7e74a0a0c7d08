/** An event as it lies in the ledger, of which only type and data count here. */
export interface TradedFact {
  readonly type: string;
  readonly data: TradedData;
}

interface TradedData {
  readonly companyId?: string;
  readonly orderId?: string;
  readonly shipmentId?: string | null;
  readonly quantity?: number;
  readonly shipped?: number;
  readonly counted?: number;
  readonly short?: number;
  readonly over?: number;
  readonly accepted?: number;
  readonly rejected?: number;
  readonly unitPriceCents?: number;
  readonly amountCents?: number;
  readonly limitCents?: number;
  readonly tranches?: readonly { readonly quantity: number; readonly unitPriceCents: number }[];
}

/**
 * Units and money of the orders that trading clients make, counted again from the raw events without a rule of the
 * domain: nothing is shipped that was not approved, received that was not shipped, accepted that was not counted; each
 * once; money is committed for what was approved and consumed for what was accepted. One line for each that does not add up.
 */
export function brokenTrades(events: readonly TradedFact[]): readonly string[] {
  const book = new Book();
  for (const { type, data } of events) book.enter(type, data);
  return [...book.broken, ...book.overspent()];
}

interface OrderBook {
  readonly units: number;
  readonly cents: number;
  approved: boolean;
  shippedUnits: number;
  committedCents: number;
}

interface ShipmentBook {
  readonly units: number;
  counted: number | null;
  acceptedCents: number | null;
  consumedCents: number;
}

class Book {
  readonly broken: string[] = [];
  private readonly orders = new Map<string, OrderBook>();
  private readonly shipments = new Map<string, ShipmentBook>();
  private readonly limits = new Map<string, number>();
  private readonly committed = new Map<string, number>();

  enter(type: string, data: TradedData): void {
    const entry = ENTRIES[type];
    if (entry !== undefined) entry.call(this, data);
  }

  overspent(): readonly string[] {
    const companies = [...this.committed].filter(([company, cents]) => cents > (this.limits.get(company) ?? 0));
    const orders = [...this.orders].filter(
      ([, { approved, cents, committedCents }]) => committedCents !== (approved ? cents : 0),
    );
    const shipments = [...this.shipments].filter(
      ([, { acceptedCents, consumedCents }]) => consumedCents !== (acceptedCents ?? 0),
    );
    return [
      ...companies.map(([company, cents]) => `${company}: ${cents} cents committed, more than approved`),
      ...orders.map(([order, { committedCents }]) => `${order}: ${committedCents} cents committed`),
      ...shipments.map(([shipment, { consumedCents }]) => `${shipment}: ${consumedCents} cents consumed`),
    ];
  }

  placed({ orderId = '', tranches = [] }: TradedData): void {
    this.check(!this.orders.has(orderId), `${orderId}: placed twice`);
    const units = sum(tranches.map(({ quantity }) => quantity));
    const cents = sum(tranches.map(({ quantity, unitPriceCents }) => quantity * unitPriceCents));
    this.orders.set(orderId, { units, cents, approved: false, shippedUnits: 0, committedCents: 0 });
  }

  approved({ orderId = '' }: TradedData): void {
    const order = this.order(orderId);
    this.check(!order.approved, `${orderId}: approved twice`);
    order.approved = true;
  }

  limited({ companyId = '', limitCents = 0 }: TradedData): void {
    this.limits.set(companyId, (this.limits.get(companyId) ?? 0) + limitCents);
  }

  committedTo({ companyId = '', orderId = '', amountCents = 0 }: TradedData): void {
    this.order(orderId).committedCents += amountCents;
    this.committed.set(companyId, (this.committed.get(companyId) ?? 0) + amountCents);
  }

  dispatched({ orderId = '', shipmentId, quantity = 0 }: TradedData): void {
    const order = this.order(orderId);
    const id = shipmentId ?? '';
    this.check(order.approved, `${id}: shipped before ${orderId} was approved`);
    this.check(!this.shipments.has(id), `${id}: dispatched twice`);
    order.shippedUnits += quantity;
    this.check(order.shippedUnits <= order.units, `${orderId}: ${order.shippedUnits} shipped of ${order.units}`);
    this.shipments.set(id, { units: quantity, counted: null, acceptedCents: null, consumedCents: 0 });
  }

  received({ shipmentId, shipped = 0, counted = 0, short = 0, over = 0 }: TradedData): void {
    const shipment = this.shipment(shipmentId);
    this.check(shipment.counted === null, `${shipmentId ?? ''}: received twice`);
    const addsUp = shipped === shipment.units && counted === shipped - short + over;
    this.check(addsUp, `${shipmentId ?? ''}: ${counted} counted of ${shipment.units} dispatched`);
    shipment.counted = counted;
  }

  accepted({ shipmentId, accepted = 0, rejected = 0, unitPriceCents = 0 }: TradedData): void {
    const shipment = this.shipment(shipmentId);
    this.check(shipment.acceptedCents === null, `${shipmentId ?? ''}: accepted twice`);
    this.check(accepted + rejected === shipment.counted, `${shipmentId ?? ''}: ${accepted} accepted`);
    shipment.acceptedCents = accepted * unitPriceCents;
  }

  consumed({ shipmentId, amountCents = 0 }: TradedData): void {
    this.shipment(shipmentId).consumedCents += amountCents;
  }

  private order(id: string): OrderBook {
    const known = this.orders.get(id);
    this.check(known !== undefined, `${id}: never placed`);
    return known ?? { units: 0, cents: 0, approved: false, shippedUnits: 0, committedCents: 0 };
  }

  private shipment(id: string | null | undefined): ShipmentBook {
    const known = this.shipments.get(id ?? '');
    this.check(known !== undefined, `${id ?? ''}: never dispatched`);
    return known ?? { units: 0, counted: null, acceptedCents: null, consumedCents: 0 };
  }

  private check(holds: boolean, violation: string): void {
    if (!holds) this.broken.push(violation);
  }
}

const ENTRIES: Readonly<Record<string, (this: Book, data: TradedData) => void>> = {
  OrderPlaced: Book.prototype.placed,
  OrderApproved: Book.prototype.approved,
  BudgetApproved: Book.prototype.limited,
  FundsCommitted: Book.prototype.committedTo,
  FundsConsumed: Book.prototype.consumed,
  ShipmentDispatched: Book.prototype.dispatched,
  ShipmentReceived: Book.prototype.received,
  ReceiptAccepted: Book.prototype.accepted,
};

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
