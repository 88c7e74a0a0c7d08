/** A message of a stream of server-sent events; `data` is empty where an id alone says how far the server has looked. */
export interface ServerSentEvent {
  readonly id: string;
  readonly data: string;
}

/** The messages of `stream` as they come (WHATWG, "Server-sent events"); comments are left out, an unfinished message is dropped. */
export async function* serverSentEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let rest = '';
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const blocks = (rest + decoder.decode(bytes, { stream: true })).split('\n\n');
    rest = blocks.pop() ?? '';
    yield* blocks.map(messageOf).filter(({ id }) => id !== '');
  }
}

function messageOf(block: string): ServerSentEvent {
  const fields = block.split('\n').map((line) => /^(\w+): ?(.*)$/.exec(line) ?? []);
  const valueOf = (name: string) => fields.filter(([, field]) => field === name).map(([, , value = '']) => value);
  return { id: valueOf('id').at(-1) ?? '', data: valueOf('data').join('\n') };
}
