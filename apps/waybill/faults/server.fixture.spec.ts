import { killTree, processTree } from '#libs/testing';

interface Running {
  readonly pid: number;
  readonly port: number;
  readonly exited: Promise<unknown>;
  stop(): Promise<void>;
}

/** PostgreSQL or a broker of a cluster, on one port for all its lives. */
export class ServerUnderFaults<Server extends Running> {
  private constructor(
    private readonly begin: () => Promise<Server>,
    private running: Server,
  ) {}

  static async start<Server extends Running>(begin: () => Promise<Server>): Promise<ServerUnderFaults<Server>> {
    return new ServerUnderFaults(begin, await begin());
  }

  get current(): Server {
    return this.running;
  }

  /** SIGKILL to the server and its children at once; resolves when it is gone. */
  async kill(): Promise<void> {
    killTree(this.running.pid);
    await this.running.exited;
    await this.running.stop();
  }

  /** Resolves when it answers. Throws when it is not on its port. */
  async restart(): Promise<void> {
    const { port } = this.running;
    this.running = await this.begin();
    if (this.running.port !== port) throw new Error(`the server came back on ${this.running.port}, not on ${port}`);
  }

  pause(): void {
    for (const pid of processTree(this.running.pid)) process.kill(pid, 'SIGSTOP');
  }

  resume(): void {
    for (const pid of processTree(this.running.pid)) process.kill(pid, 'SIGCONT');
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }
}
