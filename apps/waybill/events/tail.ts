import { isTransient } from '../api/answer.ts';
import { ServerUnreachable, UnexpectedAnswer } from '../api/errors.ts';
import { serverSentEvents } from '../api/server-sent-events.ts';
import { WaybillClient } from '../api/waybill-client.ts';
import { integerOption, ledgerOption, urlOption } from '../cli/options.ts';
import type { ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';
import { tailFilter } from './filter.ts';
import { isOver, pause, untilInterrupted } from './interruption.ts';

const SHOWN_BEFORE = 10;

/** `waybill events tail`: events as the ledger learns of them, until interrupted; after a broken connection it goes on where it was. */
export const tailEvents: RunSubcommand = async (args, { config, out, err }) => {
  const filter = tailFilter(args);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const place = { client, ledger: ledgerOption(args), after: await begunAfter(client, args) };
  const line = args.values['json'] === true ? (text: string) => text : eventLine;
  const show = (text: string) => void out.write(`${line(text)}\n`);
  await untilInterrupted(out, async (signal) => {
    for (let turn = 0; !signal.aborted; turn += 1) {
      const lost = await follow(place, { filter, show, signal }).catch((error: unknown) => passing(error, turn));
      if (lost !== undefined && !isOver(signal)) err.write(`waybill: ${lost}; going on after ${place.after}\n`);
      await pause(signal);
    }
  });
  return 0;
};

interface Place {
  readonly client: WaybillClient;
  readonly ledger: string;
  /** The position behind which the stream goes on. */
  after: number;
}

interface Following {
  readonly filter: URLSearchParams;
  readonly show: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Until the server ends the stream, as it does from time to time. */
async function follow(place: Place, { filter, show, signal }: Following): Promise<undefined> {
  const asked = new URLSearchParams([...filter, ['after', String(place.after)]]);
  const path = `/v1/ledgers/${place.ledger}/events/live?${asked.toString()}`;
  const stream = await place.client.stream('auditor', path, { headers: { accept: 'text/event-stream' }, signal });
  for await (const { id, data } of serverSentEvents(stream)) {
    if (data !== '') show(data);
    place.after = Number(id);
  }
}

/** What to say of a connection that was lost on the way; throws what waiting cannot mend, such as a ledger that there is not. */
function passing(error: unknown, turn: number): string | undefined {
  if (error instanceof UnexpectedAnswer && isTransient(error.answer)) return error.message;
  if (error instanceof ServerUnreachable && turn > 0) return error.message;
  const { name } = error as Error;
  if (name === 'AbortError' || name === 'TypeError') return 'the connection broke';
  throw error;
}

/** `--after`; the last ten events when it was not given. */
async function begunAfter(client: WaybillClient, args: ParsedArguments): Promise<number> {
  const given = integerOption(args, 'after', 0);
  if (given !== null) return given;
  const { headPosition } = (await client.get('auditor', `/v1/ledgers/${ledgerOption(args)}`)) as Head;
  return Math.max(0, headPosition - SHOWN_BEFORE);
}

interface Head {
  readonly headPosition: number;
}

/** What is shown of a CloudEvent of the ledger. */
interface ShownEvent {
  readonly position: number;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
  readonly effectiveat: string;
}

function eventLine(text: string): string {
  const { position, time, effectiveat, type, subject } = JSON.parse(text) as ShownEvent;
  return `${String(position).padStart(8)}  ${time}  ${effectiveat}  ${type.padEnd(26)}  ${subject}`;
}
