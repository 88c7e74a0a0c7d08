import { randomUUID } from 'node:crypto';
import type { Cluster } from './cluster.fixture.spec.ts';
import { roomMade, type SmallDisks } from './disk-faults.fixture.spec.ts';
import type { Fault } from './fault.fixture.spec.ts';
import { until } from './until.fixture.spec.ts';

/** A command waits 10 s for its ledger; a server that still finds room in its open files takes some more before. */
const REFUSED_WITHIN_MS = 90_000;

/** No room, for as long as it takes until a command hears 503 with Retry-After: nobody waits for ever, or hears a 500. */
export function postgresDiskFullUntilRefused(disks: SmallDisks): Fault {
  return {
    name: "PostgreSQL's disk full until commands hear 503",
    lastsMs: [0, 0],
    async inject(cluster) {
      const disk = disks.disk('postgres');
      const command = await commands(cluster);
      await disk.fill();
      await until(REFUSED_WITHIN_MS, async () => {
        const { status, code, retryAfter } = await command();
        if (status < 300) return false;
        if (status === 503 && code === 'LEDGER_UNAVAILABLE' && Number(retryAfter) > 0) return true;
        throw new Error(`a full disk is told by ${status} ${code}, Retry-After ${retryAfter}`);
      });
      return roomMade(disk, cluster.postgres);
    },
  };
}

interface Answered {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: string | null;
}

/** Sends one more command to a ledger of its own at each call. */
async function commands(cluster: Cluster): Promise<() => Promise<Answered>> {
  const signedIn = await post(`${cluster.url}/demo/token`, { actor: 'admin' }, {});
  const { access_token: token } = (await signedIn.json()) as { access_token: string };
  const ledger = `full-${randomUUID()}`;
  const send = async (path: string, body: object): Promise<Answered> => {
    const headers = { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() };
    const response = await post(`${cluster.url}/v1/${path}`, body, headers);
    const { code = 'NO_CODE' } = (await response.json()) as { code?: string };
    return { status: response.status, code, retryAfter: response.headers.get('retry-after') };
  };
  const opened = await send('ledgers', { ledger, clock: 'system', currency: 'USD' });
  if (opened.status >= 300) throw new Error(`${ledger} cannot be opened: ${opened.status} ${opened.code}`);
  return () => send(`ledgers/${ledger}/skus`, { skuId: `SKU-${randomUUID()}`, name: 'Any', wattsPerUnit: 700 });
}

function post(url: string, body: object, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  });
}
