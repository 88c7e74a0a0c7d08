import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Heard, HeardEvent, Operation, SeenEvent } from './trading-history.ts';

const REQUEST_TIMEOUT_MS = 15_000;
const PAUSE_MS = 200;

export interface TradingHabits {
  /** Where commands are sent, in turn, the same one again as well; to the origin unless told. */
  readonly commandUrls?: () => readonly string[];
  /** Goes on with another order when an outcome is unknown; stops there unless told. */
  readonly persistent?: boolean;
  /** How long a lane rests after each answer, in milliseconds. */
  readonly pauseMs?: number;
  readonly requestTimeoutMs?: number;
}

/** Sends commands to a running Waybill as demo actors, and writes down what it heard of each. */
export class TradingClient {
  readonly operations: Operation[] = [];
  private readonly tokens = new Map<string, string>();
  private sent = 0;

  constructor(
    private readonly baseUrl: () => string,
    readonly ledger: string,
    private readonly habits: TradingHabits = {},
  ) {}

  /** Opens the ledger and registers what trading needs: a supplier, two buyers with a site each, a SKU, budgets. */
  async prepare(): Promise<void> {
    await this.must('admin', '/v1/ledgers', { ledger: this.ledger, clock: 'system', currency: 'USD' });
    const company = { headquartersCountry: 'US' };
    await this.must('admin', this.in('companies'), {
      ...company,
      companyId: 'NVIDIA',
      name: 'Nvidia',
      kind: 'supplier',
    });
    await this.must('admin', this.in('skus'), { skuId: 'H100', name: 'Nvidia H100', wattsPerUnit: 700 });
    for (const [companyId, siteId] of BUYERS) {
      const name = companyId.toLowerCase();
      await this.must('admin', this.in('companies'), { ...company, companyId, name, kind: 'buyer' });
      const units = { designUnits: 1_000_000, usableUnits: 60_000 };
      await this.must(`${name}-site`, this.in('sites'), { siteId, companyId, kind: 'datacenter', ...units });
      await this.must(`${name}-cfo`, this.in('budgets'), {
        budgetId: `${companyId}-1`,
        companyId,
        limitCents: 7_000_000,
      });
    }
  }

  /** Trades until `signal` says stop or the server is gone: orders through to acceptance, some of them refused. */
  async trade(signal: AbortSignal, lanes: number): Promise<void> {
    await Promise.all(Array.from({ length: lanes }, (_, lane) => this.lane(signal, lane)));
  }

  /** Sends again, with the same key, what nobody knows the outcome of; until each is answered. */
  async settle(): Promise<number> {
    const open = this.operations.filter(({ heard }) => heard === null || heard.outcome === 'unknown');
    for (const operation of open) {
      for (let attempt = 1; operation.heard === null || operation.heard.outcome === 'unknown'; attempt++) {
        if (attempt > 20)
          throw new Error(`${operation.commandId} stays unanswered: ${JSON.stringify(operation.heard)}`);
        if (attempt > 1) await sleep(250);
        operation.heard = await this.post(operation);
      }
    }
    return open.length;
  }

  /** Sends one command to `url` again and again until it is accepted; answers its position. Throws after `patienceMs`. */
  async probe(url: string, patienceMs: number): Promise<number> {
    const skuId = `PROBE-${randomUUID().slice(0, 13)}`;
    const body = { skuId, name: 'Probe', wattsPerUnit: 700 };
    const operation = this.opened('admin', this.in('skus'), body);
    const giveUpAtMs = performance.now() + patienceMs;
    for (;;) {
      operation.heard = await this.post(operation, url);
      if (operation.heard.outcome === 'ok') return operation.heard.events.at(-1)?.position ?? 0;
      if (performance.now() > giveUpAtMs)
        throw new Error(`${url} takes no command: ${JSON.stringify(operation.heard)}`);
      await sleep(50);
    }
  }

  /** All events of the ledger, read as the auditor. */
  async events(): Promise<readonly SeenEvent[]> {
    const seen: SeenEvent[] = [];
    for (;;) {
      const after = seen.at(-1)?.position ?? 0;
      const page = await this.get<{ items: SeenEvent[] }>(this.in(`events?after=${after}&limit=500`));
      if (page.items.length === 0) return seen;
      seen.push(...page.items);
    }
  }

  async get<Answer>(path: string): Promise<Answer> {
    const headers = { authorization: `Bearer ${await this.token('auditor')}` };
    const response = await fetch(this.baseUrl() + path, { headers, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  private async lane(signal: AbortSignal, lane: number): Promise<void> {
    for (let round = 0; !signal.aborted; round++) {
      const [companyId, siteId] = BUYERS[(lane + round) % BUYERS.length] ?? BUYERS[0];
      const refused = (round + lane) % 7 === 3;
      if ((await this.tradeOne({ companyId, siteId, refused }, signal)) !== 'unknown') continue;
      if (this.habits.persistent !== true) return;
      await sleep(PAUSE_MS);
    }
  }

  /** One order from its placing to its acceptance; `refused`: approved by the one who placed it, which is no approval. */
  private async tradeOne(
    { companyId, siteId, refused }: { companyId: string; siteId: string; refused: boolean },
    signal: AbortSignal,
  ): Promise<Heard['outcome']> {
    const id = randomUUID().slice(0, 13);
    const buyer = companyId.toLowerCase();
    const [order, shipment] = [`PO-${id}`, `SH-${id}`];
    const tranche = { trancheId: 'A', quantity: 10, unitPriceCents: 100, requestedDate: '2027-06-30', siteId };
    const steps: readonly [actor: string, path: string, body: object][] = [
      [
        `${buyer}-buyer`,
        'orders',
        { orderId: order, companyId, supplierId: 'NVIDIA', skuId: 'H100', tranches: [tranche] },
      ],
      [refused ? `${buyer}-buyer` : `${buyer}-cfo`, `orders/${order}/approvals`, {}],
      ['nvidia-desk', `orders/${order}/tranches/A/confirmations`, { promisedDate: '2027-06-01' }],
      [
        'nvidia-desk',
        'shipments',
        { shipmentId: shipment, orderId: order, trancheId: 'A', quantity: 10, eta: '2027-06-05' },
      ],
      [`${buyer}-site`, `shipments/${shipment}/receipts`, { siteId, counted: 9 }],
      [`${buyer}-site`, `shipments/${shipment}/acceptances`, { accepted: 9 }],
    ];
    for (const [actor, path, body] of steps) {
      if (signal.aborted) return 'ok';
      const { outcome } = await this.send(actor, this.in(path), body);
      if (outcome !== 'ok') return outcome;
      if (this.habits.pauseMs !== undefined) await sleep(this.habits.pauseMs);
    }
    return 'ok';
  }

  private async must(actor: string, path: string, body: object): Promise<void> {
    const heard = await this.send(actor, path, body);
    if (heard.outcome !== 'ok') throw new Error(`${actor} ${path}: ${JSON.stringify(heard)}`);
  }

  private async send(actor: string, path: string, body: object): Promise<Heard> {
    const operation = this.opened(actor, path, body);
    const sentMs = performance.now();
    const heard = await this.post(operation);
    operation.heard = heard;
    operation.firstAttempt = {
      ms: Math.round(performance.now() - sentMs),
      why: heard.outcome === 'unknown' ? heard.why : null,
    };
    return heard;
  }

  private opened(actor: string, path: string, body: object): Operation {
    const operation: Operation = { commandId: randomUUID(), actor, path, body, heard: null, firstAttempt: null };
    this.operations.push(operation);
    return operation;
  }

  private async post({ commandId, actor, path, body }: Operation, url = this.nextUrl()): Promise<Heard> {
    try {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await this.token(actor)}`,
          'content-type': 'application/json',
          'idempotency-key': commandId,
        },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(this.habits.requestTimeoutMs ?? REQUEST_TIMEOUT_MS),
      });
      return heardFrom(response.status, (await response.json()) as { code?: string; events?: HeardEvent[] });
    } catch (error) {
      return { outcome: 'unknown', why: String(error) };
    }
  }

  private nextUrl(): string {
    const urls = this.habits.commandUrls?.() ?? [this.baseUrl()];
    this.sent += 1;
    return urls[this.sent % urls.length] ?? this.baseUrl();
  }

  private async token(actor: string): Promise<string> {
    const known = this.tokens.get(actor);
    if (known !== undefined) return known;
    const response = await fetch(`${this.baseUrl()}/demo/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ actor }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    const { access_token: token } = (await response.json()) as { access_token: string };
    this.tokens.set(actor, token);
    return token;
  }

  private in(path: string): string {
    return `/v1/ledgers/${this.ledger}/${path}`;
  }
}

const BUYERS: readonly [readonly [string, string], ...(readonly [string, string])[]] = [
  ['TESLA', 'AUSTIN'],
  ['X', 'XDC'],
];

function heardFrom(status: number, body: { code?: string; events?: HeardEvent[] }): Heard {
  if (status < 300) return { outcome: 'ok', events: body.events ?? [] };
  const code = body.code ?? 'NO_CODE';
  if (status >= 500 || status === 429 || status === 401 || code === 'COMMAND_IN_PROGRESS') {
    return { outcome: 'unknown', why: `${status} ${code}` };
  }
  return { outcome: 'rejected', status, code };
}
