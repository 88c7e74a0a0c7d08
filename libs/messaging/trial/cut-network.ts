import net from 'node:net';

/** The network to the brokers, as long as it holds: kafkajs opens its sockets through `socketFactory`. */
export interface CutNetwork {
  readonly socketFactory: (connection: { host: string; port: number; onConnect: () => void }) => net.Socket;
  /** Breaks every connection and refuses new ones. */
  cut(): void;
  mend(): void;
  /** What came over all connections so far. */
  readonly receivedBytes: number;
}

export function cuttableNetwork(): CutNetwork {
  const sockets = new Set<net.Socket>();
  let whole = true;
  let receivedBytes = 0;
  return {
    get receivedBytes() {
      return receivedBytes;
    },
    socketFactory({ host, port, onConnect }) {
      const address = whole ? { host, port } : { host: '127.0.0.1', port: CLOSED_PORT };
      const socket = net.connect(address, onConnect);
      sockets.add(socket);
      socket.on('data', (chunk) => (receivedBytes += chunk.byteLength));
      socket.on('close', () => sockets.delete(socket));
      return socket;
    },
    cut() {
      whole = false;
      for (const socket of sockets) socket.destroy(new ConnectionReset());
    },
    mend() {
      whole = true;
    },
  };
}

/** What the operating system says when the other side is gone; kafkajs does not notice a socket that closes without. */
class ConnectionReset extends Error {
  readonly code = 'ECONNRESET';
}

/** tcpmux: nothing listens there. */
const CLOSED_PORT = 1;
