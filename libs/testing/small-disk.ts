import { execFile } from 'node:child_process';
import { chmod, mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** This user may not mount. `remedy` says what the spec needs. */
export class MountRefused extends Error {
  readonly code = 'MOUNT_REFUSED';
  constructor(options: ErrorOptions) {
    super('a tmpfs cannot be mounted here: run this spec as root on Linux, in a container with CAP_SYS_ADMIN', options);
  }
}

/** A file system in memory, of its own and small, that can be filled to the last block. Only root may make one. */
export class SmallDisk {
  private constructor(
    /** Where it is mounted; every user may pass through it. */
    readonly folder: string,
  ) {}

  /** Throws `MountRefused`. */
  static async mount(sizeMib: number): Promise<SmallDisk> {
    const folder = await mkdtemp(path.join(tmpdir(), 'waybill-disk-'));
    await chmod(folder, 0o711);
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeMib}m,mode=711`, 'waybill-test', folder]);
    } catch (cause) {
      await rm(folder, { recursive: true });
      throw new MountRefused({ cause });
    }
    return new SmallDisk(folder);
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.folder);
    return bavail * bsize;
  }

  /** Takes all room that is left, with a file, but for `leftBytes`. */
  async fill(leftBytes = 0): Promise<void> {
    const ballast = await open(this.ballast, 'a');
    const block = Buffer.alloc(BLOCK_BYTES);
    try {
      for (let room = await this.freeBytes(); room > leftBytes; room = await this.freeBytes()) {
        await ballast.write(block, 0, Math.min(BLOCK_BYTES, room - leftBytes));
      }
    } catch (error) {
      // Whoever else writes here was faster: then it is full.
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      await ballast.close();
    }
  }

  /** Gives back what {@link fill} took. */
  async makeRoom(): Promise<void> {
    await rm(this.ballast, { force: true });
  }

  /** Whatever is left on it is gone. */
  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.folder]);
    await rm(this.folder, { recursive: true });
  }

  private get ballast(): string {
    return path.join(this.folder, 'ballast');
  }
}

const BLOCK_BYTES = 1024 * 1024;
