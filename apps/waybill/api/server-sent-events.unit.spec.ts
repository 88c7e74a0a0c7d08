import { serverSentEvents, type ServerSentEvent } from './server-sent-events.ts';

const STREAM =
  ': events of x after 0\n\nid: 1\nevent: A\ndata: {"name":"Zoë"}\n\n: still here\n\nid: 7\n\nid: 8\ndata: cut o';

async function readIn(bytesEach: number): Promise<readonly ServerSentEvent[]> {
  const bytes = new TextEncoder().encode(STREAM);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      for (let at = 0; at < bytes.length; at += bytesEach) controller.enqueue(bytes.slice(at, at + bytesEach));
      controller.close();
    },
  });
  const found: ServerSentEvent[] = [];
  for await (const each of serverSentEvents(stream)) found.push(each);
  return found;
}

it.each([1, 2, 7, 64, 1_000])(
  'a stream is read alike in pieces of %i bytes, without comments and what is cut off',
  async (each) => {
    expect(await readIn(each)).toEqual([
      { id: '1', data: '{"name":"Zoë"}' },
      { id: '7', data: '' },
    ]);
  },
);
