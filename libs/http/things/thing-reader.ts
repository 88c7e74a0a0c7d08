import { Inject, Injectable } from '@nestjs/common';
import { actsFor, READS_ACROSS_COMPANIES, type Principal } from '#libs/access';
import type { LedgerClock } from '#libs/event-store';
import { DomainError, type Id } from '#libs/kernel';
import { ledgerProgress, redirectionsReport, shipmentMadeAt, visibleThing } from '#libs/read-models';
import type { Asked } from '../admission/asked.ts';
import { awaitedAsOf, knownLedger } from '../query/as-of.ts';
import type { AsOfQuery } from '../query/query.dto.ts';
import { QueryPorts } from '../query/query-ports.ts';
import { ReadersEyes } from '../query/readers-eyes.ts';
import { eventAt, streamHistory, type ThingEvent } from './stream-history.ts';
import type { RedirectionFacts } from './thing-facts.ts';
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
  async tell<Kind extends keyof FactsByKind>(
    ledger: Id,
    { kind, id }: { readonly kind: Kind; readonly id: Id },
    query: AsOfQuery,
    asked: Asked,
  ): Promise<Thing & FactsByKind[Kind]> {
    const telling: TellingOf<FactsByKind[Kind]> = THINGS[kind];
    const { clock } = await knownLedger(this.ports.ledgers, ledger);
    const wanted = await awaitedAsOf(this.ports, ledger, query);
    const asOfPosition = await this.standing(ledger, { kind, id }, wanted, asked.principal);
    if (asOfPosition === null) throw unknownThing(telling, id);
    const own = await streamHistory(this.ports.ledgers, ledger, telling.stream(id), asOfPosition);
    const all = kind === 'shipment' ? await this.fromItsBeginning(ledger, id, own) : own;
    const told = seenBy(asked.principal, telling, all);
    if (told === null) throw unknownThing(telling, id);
    await this.eyes.record(ledger, asked, asOfPosition);
    const thing = { [telling.idField]: id, ...told, version: own.length, clock, asOfPosition };
    return kind === 'redirection'
      ? { ...thing, ...(await this.statusNow(ledger, id, asOfPosition, asked.principal)) }
      : thing;
  }

  /** The position that a thing is told at; null where the read models show none to who asks. */
  private async standing(
    ledger: Id,
    { kind, id }: { readonly kind: keyof FactsByKind; readonly id: Id },
    wanted: number | null,
    principal: Principal,
  ): Promise<number | null> {
    if (kind === 'amendment' || kind === 'return' || kind === 'request')
      return wanted ?? (await ledgerProgress(this.ports.wholeGroup, ledger)).position;
    const { asOfPosition, isVisible } = await this.eyes.see(ledger, principal, (db) =>
      visibleThing(db, ledger, { kind, id, asOfPosition: wanted }),
    );
    return isVisible ? asOfPosition : null;
  }

  /** As its statement says it: units are delivered and gone by events of other things too. */
  private async statusNow(
    ledger: Id,
    redirectionId: Id,
    asOfPosition: number,
    principal: Principal,
  ): Promise<Pick<RedirectionFacts, 'status'> | undefined> {
    const { items } = await this.eyes.see(ledger, principal, (db) =>
      redirectionsReport(db, ledger, { redirectionId, asOfPosition }),
    );
    return items.map(({ status }) => ({ status }))[0];
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

function unknownThing<Facts>({ unknown, idField }: TellingOf<Facts>, id: Id): DomainError {
  return new DomainError(unknown, { [idField]: id });
}

/** Null where there is none for who asks. */
function seenBy<Facts extends object>(
  principal: Principal,
  { fold, seenBy: seers, wholeFor, inPart = (facts) => facts }: TellingOf<Facts>,
  events: readonly ThingEvent[],
): (Facts & Pick<Thing, 'events' | 'earlierEvents'>) | null {
  const facts = events.reduce<Facts | undefined>(fold, undefined);
  if (facts === undefined) return null;
  const isForAny = (companies: readonly Id[] | null) =>
    READS_ACROSS_COMPANIES.has(principal.role) ||
    companies === null ||
    companies.some((each) => actsFor(principal, each));
  if (!isForAny(seers?.(events, facts) ?? null)) return null;
  const isWhole = isForAny(wholeFor(facts));
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
