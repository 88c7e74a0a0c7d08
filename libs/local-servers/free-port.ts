import { createServer } from 'node:net';

const HIGHEST_PORT = 65_535;

/** `preferred` when free on 127.0.0.1, else the next free one above it; 0: any free one. */
export async function freePort(preferred: number): Promise<number> {
  const bound = await tryBind(preferred);
  if (bound !== null) return bound;
  return freePort(preferred < HIGHEST_PORT ? preferred + 1 : 0);
}

/** The port bound and let go again; null when it is taken. */
function tryBind(port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(null);
      else reject(error);
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      const chosen = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => {
        resolve(chosen);
      });
    });
  });
}
