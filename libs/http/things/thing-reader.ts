import { Inject, Injectable } from '@nestjs/common';
import { actsFor, READS_ACROSS_COMPANIES, type Principal } from '#libs/access';
import type { LedgerClock } from '#libs/event-store';
import { DomainError, type Id } from '#libs/kernel';
import { shipmentMadeAt, visibleThing, type ThingKind } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { awaitedAsOf, knownLedger } from '../query/as-of.ts';
import type { AsOfQuery } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';
import { eventAt, streamHistory, type ThingEvent } from './stream-history.ts';
import { THINGS, type FactsByKind, type TellingOf } from './thing-kinds.ts';
import { companiesNamed, toldEvent, type ToldEvent } from './told-event.ts';

/** The most events that an answer carries; the latest ones. */
export const EVENTS_TOLD = 200;

/** A thing as its own stream tells it. */
export interface Thing {
  /** Of the stream as of the position: the one that If-Match is compared with. */
  readonly version: number;
  readonly clock: LedgerClock;
  readonly asOfPosition: number;
  readonly events: readonly ToldEvent[];
  /** Events before these that are left out. */
  readonly earlierEvents: number;
}

/**
 * One thing by its id. All that is told comes of the thing's own stream, so that its version stands for it; figures that move
 * with other things are in the reports.
 */
@Injectable()
export class ThingReader {
  constructor(
    @Inject(QueryPorts) private readonly ports: QueryPorts,
    private readonly eyes: ReadersEyes,
  ) {}

  /** Throws the `*_UNKNOWN` of the kind where there is no such thing, or none for who asks. */
  async tell<Kind extends ThingKind>(
    ledger: Id,
    { kind, id }: { readonly kind: Kind; readonly id: Id },
    query: AsOfQuery,
    asked: Asked,
  ): Promise<Thing & FactsByKind[Kind]> {
    const telling: TellingOf<FactsByKind[Kind]> = THINGS[kind];
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const wanted = await awaitedAsOf(this.ports, ledger, query);
    const { asOfPosition, isVisible } = await this.eyes.see(ledger, asked.principal, (db) =>
      visibleThing(db, ledger, { kind, id, asOfPosition: wanted }),
    );
    if (!isVisible) throw new DomainError(telling.unknown, { [telling.idField]: id });
    const own = await streamHistory(this.ports.ledgers, ledger, telling.stream(id), asOfPosition);
    const all = kind === 'shipment' ? await this.fromItsBeginning(ledger, id, own) : own;
    const told = seenBy(asked.principal, telling, all);
    await this.eyes.record(ledger, asked, asOfPosition);
    return { [telling.idField]: id, ...told, version: own.length, clock, asOfPosition };
  }

  /** A part that was split off begins with an event of the shipment that it was a part of. */
  private async fromItsBeginning(
    ledger: Id,
    shipmentId: Id,
    own: readonly ThingEvent[],
  ): Promise<readonly ThingEvent[]> {
    if (own[0]?.type === 'ShipmentDispatched') return own;
    const madeAt = await shipmentMadeAt(this.ports.wholeGroup, ledger, shipmentId);
    const made = madeAt === null ? undefined : await eventAt(this.ports.ledgers, ledger, madeAt);
    return made === undefined ? own : [made, ...own];
  }
}

function seenBy<Facts extends object>(
  principal: Principal,
  { fold, wholeFor, inPart = (facts) => facts }: TellingOf<Facts>,
  events: readonly ThingEvent[],
): Facts & Pick<Thing, 'events' | 'earlierEvents'> {
  const facts = events.reduce<Facts | undefined>(fold, undefined);
  if (facts === undefined) throw new TypeError('a read model knows of a thing whose stream does not begin');
  const whole = wholeFor(facts);
  const isWhole =
    READS_ACROSS_COMPANIES.has(principal.role) || whole === null || whole.some((each) => actsFor(principal, each));
  const seen = isWhole
    ? events
    : events.filter((event) => companiesNamed(event).some((each) => actsFor(principal, each)));
  const shown = seen.slice(-EVENTS_TOLD);
  return {
    ...(isWhole ? facts : inPart(facts)),
    events: shown.map(toldEvent),
    earlierEvents: seen.length - shown.length,
  };
}
