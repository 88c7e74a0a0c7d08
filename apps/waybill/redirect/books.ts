import type { Day, Id } from '#libs/kernel';
import type { WaybillClient } from '../api/waybill-client.ts';
import type { ProposedLeg } from './proposal.ts';

/** A figure of the API: digits in a string where it is beyond the safe integers. */
export type Figure = number | string;

/** What the ledger's books say, as the auditor reads them, at the position on which a proposal was decided. */
export class Books {
  constructor(
    private readonly client: WaybillClient,
    private readonly ledger: Id,
    private readonly position: number,
  ) {}

  async currency(): Promise<string> {
    return ((await this.client.get('auditor', `/v1/ledgers/${this.ledger}`)) as { readonly currency: string }).currency;
  }

  /** What is left of the company's budgets; null where there is none. */
  async fundsHeadroomCents(companyId: Id): Promise<Figure | null> {
    const [funds] = await this.rows<{ headroomCents: Figure | null }>('funds', { companyId });
    return funds?.headroomCents ?? null;
  }

  /** The least room of a site over the days from one on. */
  async headroom(siteId: Id, from: Day): Promise<Figure> {
    const [site] = await this.rows<{ headroom: Figure }>('headroom', { siteId, from });
    return site?.headroom ?? 0;
  }

  /** The price of a leg's units as the last event that set it says; null where it lies before the events that are told of the order. */
  async unitPriceCents({ shipmentId, orderId, trancheId }: ProposedLeg): Promise<number | null> {
    const path = shipmentId === null ? `orders/${orderId}` : `shipments/${shipmentId}`;
    const { events } = (await this.read(path, {})) as { readonly events: readonly ThingEvent[] };
    const priced = shipmentId === null ? events.filter((event) => setsPrice(event, trancheId)) : events.slice(0, 1);
    const last = priced.at(-1);
    if (last === undefined) return null;
    const asked = new URLSearchParams({ after: String(last.position - 1), limit: '1' });
    const page = await this.client.get('auditor', `/v1/ledgers/${this.ledger}/events?${asked.toString()}`);
    const [event] = (page as { readonly items: readonly { readonly data: Priced }[] }).items;
    const tranche = event?.data.tranches?.find((each) => each.trancheId === trancheId);
    return (tranche ?? event?.data)?.unitPriceCents ?? null;
  }

  private async rows<Row>(report: string, by: Readonly<Record<string, string>>): Promise<readonly Row[]> {
    return ((await this.read(report, by)) as { readonly items: readonly Row[] }).items;
  }

  private read(path: string, by: Readonly<Record<string, string>>): Promise<unknown> {
    const asked = new URLSearchParams({ ...by, asOf: String(this.position) });
    return this.client.get('auditor', `/v1/ledgers/${this.ledger}/${path}?${asked.toString()}`);
  }
}

interface ThingEvent {
  readonly position: number;
  readonly type: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

interface Priced {
  readonly unitPriceCents?: number;
  readonly tranches?: readonly { readonly trancheId: Id; readonly unitPriceCents: number }[];
}

const SETS_PRICE = new Set(['TrancheAdded', 'TrancheAmended', 'TrancheSplit', 'ReplacementPromised']);

function setsPrice({ type, facts }: ThingEvent, trancheId: Id): boolean {
  if (type === 'OrderPlaced') return true;
  return SETS_PRICE.has(type) && [facts['trancheId'], facts['newTrancheId']].includes(trancheId);
}
