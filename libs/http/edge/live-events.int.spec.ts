import { setTimeout as sleep } from 'node:timers/promises';
import { RunningEdge, STARTING_MS } from './running-edge.fixture.spec.ts';
import { accepted, orderOf, playBeginning } from './story.fixture.spec.ts';

interface Message {
  readonly id: string;
  readonly event?: string;
  readonly data?: string;
}

/** What a stream has sent so far, comments left out. */
class Listener {
  readonly messages: Message[] = [];
  readonly comments: string[] = [];
  readonly ended: Promise<void>;
  private readonly leaving = new AbortController();
  private rest = '';

  private constructor(response: Response) {
    this.ended = this.listen(response).catch((error: unknown) => {
      if (!this.leaving.signal.aborted) throw error;
    });
  }

  static async to(edge: RunningEdge, query: string, headers: Record<string, string> = {}, actor = 'auditor') {
    const authorization = await edge.bearer(actor);
    const response = await fetch(`${edge.url}/v1/ledgers/${edge.ledger}/events/live${query}`, {
      headers: { authorization, ...headers },
    });
    return { response, listener: response.ok ? new Listener(response) : null };
  }

  async until(count: number): Promise<readonly Message[]> {
    for (let waits = 0; this.messages.length < count; waits += 1) {
      if (waits === 500) throw new Error(`only ${this.messages.length} of ${count} messages came`);
      await sleep(20);
    }
    return this.messages;
  }

  leave(reader: ReadableStreamDefaultReader<string> | null = this.reader): Promise<void> | undefined {
    this.leaving.abort();
    return reader?.cancel();
  }

  private reader: ReadableStreamDefaultReader<string> | null = null;

  private async listen({ body }: Response): Promise<void> {
    if (body === null) throw new TypeError('no body');
    this.reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { value, done } = await this.reader.read();
      if (done) return;
      const blocks = `${this.rest}${value}`.split('\n\n');
      this.rest = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    }
  }

  private take(block: string): void {
    if (block.startsWith(':')) this.comments.push(block.slice(2));
    else this.messages.push(Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s))));
  }
}

describe('the live events of a ledger', () => {
  let edge: RunningEdge;
  let head: number;

  beforeAll(async () => {
    edge = await RunningEdge.start();
    await playBeginning(edge);
    head = Number((await edge.get('auditor', `/v1/ledgers/${edge.ledger}`)).body['headPosition']);
  }, STARTING_MS);
  afterAll(() => edge?.stop(), STARTING_MS);

  const heard = async (query: string, headers?: Record<string, string>): Promise<Listener> => {
    const { response, listener } = await Listener.to(edge, query, headers);
    if (listener === null) throw new Error(`${response.status}: ${await response.text()}`);
    return listener;
  };
  const ids = (messages: readonly Message[]) => messages.map(({ id }) => Number(id));
  const positions = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

  it('are those that are there and those to come, each once, as the page of events tells them', async () => {
    const listener = await heard('');
    await listener.until(head);
    const order = await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-L1')));
    const messages = await listener.until(head + 1);
    expect(ids(messages)).toEqual(positions(1, head + 1));
    expect(Number(order.body.position)).toBe(head + 1);
    const page = await edge.get('auditor', `/v1/ledgers/${edge.ledger}/events?limit=500`);
    expect(messages.map(({ data }) => JSON.parse(data ?? '') as unknown)).toEqual(page.body.items);
    expect(messages.at(-1)?.event).toBe('OrderPlaced');
    await listener.leave();
    head += 1;
  });

  it('go on after Last-Event-ID, which goes before `after`, and keep to the filter', async () => {
    const listener = await heard('?after=1&type=SiteRegistered', { 'last-event-id': String(head - 1) });
    await accepted(edge.post('tesla-buyer', 'orders', orderOf('PO-L2')));
    const [passed, further] = await listener.until(2);
    expect([passed, further]).toEqual([{ id: String(head) }, { id: String(head + 1) }]);
    await listener.leave();
    const sites = await heard('?type=SiteRegistered');
    const [first] = await sites.until(1);
    expect(first?.event).toBe('SiteRegistered');
    await sites.leave();
    head += 1;
  });

  it('begin nowhere that the ledger has not come to, at no id that it never gave, and for nobody else', async () => {
    const refused = async (query: string, headers?: Record<string, string>, actor?: string) => {
      const { response } = await Listener.to(edge, query, headers, actor);
      return [response.status, ((await response.json()) as { code: string }).code];
    };
    expect(await refused(`?after=${head + 1}`)).toEqual([400, 'POSITION_UNKNOWN']);
    expect(await refused('', { 'last-event-id': '0x10' })).toEqual([400, 'QUERY_INVALID']);
    expect(await refused('', {}, 'tesla-cfo')).toEqual([403, 'ROLE_REFUSED']);
  });

  it('are told in eight streams a caller at most, and a stream that is left is free again', async () => {
    const open = await Promise.all(Array.from({ length: 8 }, () => heard(`?after=${head}`)));
    const { response } = await Listener.to(edge, `?after=${head}`);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '10']);
    await open[0]?.leave();
    await sleep(500);
    const again = await heard(`?after=${head}`);
    for (const listener of [...open.slice(1), again]) await listener.leave();
  });

  it(
    'end when the process does, which waits for none of them',
    async () => {
      const other = await RunningEdge.start();
      try {
        await playBeginning(other);
        const { listener } = await Listener.to(other, '');
        await listener?.until(1);
      } finally {
        const startMs = performance.now();
        await other.stop();
        // Connections that are still busy are cut after 5 s; a stream that ends by itself does not take that long.
        expect(performance.now() - startMs).toBeLessThan(4_500);
      }
    },
    STARTING_MS,
  );
});
