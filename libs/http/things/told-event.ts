import type { Id } from '#libs/kernel';
import type { ThingEvent } from './stream-history.ts';

/** An event of a thing: who did what when, and the figures worth showing. */
export interface ToldEvent {
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly version: number;
  readonly effectiveAt: string;
  readonly recordedAt: string;
  /** A pseudonym. */
  readonly actor: string;
  readonly actingFor: Id | null;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What of an event's data is shown. Neither money nor what people wrote: that stays in the ledger. */
const SHOWN = [
  ...['trancheId', 'newTrancheId', 'shipmentId', 'newShipmentId', 'redirectionId', 'leg'],
  ...['companyId', 'fromCompanyId', 'toCompanyId', 'siteId', 'fromSiteId', 'toSiteId'],
  ...['quantity', 'shipped', 'counted', 'short', 'over', 'accepted', 'rejected', 'delta', 'usableUnits', 'units'],
  ...['requestedDate', 'promisedDate', 'expectedDate', 'eta', 'from', 'until', 'expectedReady'],
] as const;

export function toldEvent(event: ThingEvent): ToldEvent {
  const { position, type, stream, version, effectiveAt, recordedAtMs, actor, actingFor } = event;
  const recordedAt = new Date(recordedAtMs).toISOString();
  return { position, type, stream, version, effectiveAt, recordedAt, actor, actingFor, facts: shownOf(event.data) };
}

function shownOf(data: object): Readonly<Record<string, string | number>> {
  const facts: Record<string, string | number> = {};
  for (const name of SHOWN) {
    const value: unknown = Reflect.get(data, name);
    if (typeof value === 'string' || typeof value === 'number') facts[name] = value;
  }
  return facts;
}

/** The companies whose units or sites the event is about. */
export function companiesNamed({ data }: ThingEvent): readonly Id[] {
  return ['companyId', 'fromCompanyId', 'toCompanyId'].flatMap((name) => {
    const named: unknown = Reflect.get(data, name);
    return typeof named === 'string' ? [named] : [];
  });
}
