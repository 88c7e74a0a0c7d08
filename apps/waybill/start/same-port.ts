/** The port that clients know was taken while the server was away; it is theirs again when whoever took it lets go. */
export class PortTaken extends Error {
  readonly code = 'PORT_TAKEN';
  constructor(
    readonly server: string,
    readonly port: number,
  ) {
    super(`${server} cannot come back: port ${port} was taken meanwhile`);
  }
}

interface OnPort {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server on `firstPort` or, when that is taken, another; later on that same port alone. */
export function onSamePort<Server extends OnPort>(
  name: string,
  firstPort: number,
  start: (port: number) => Promise<Server>,
): () => Promise<Server> {
  let known: number | null = null;
  return async () => {
    const server = await start(known ?? firstPort);
    known ??= server.port;
    if (server.port === known) return server;
    await server.stop();
    throw new PortTaken(name, known);
  };
}
