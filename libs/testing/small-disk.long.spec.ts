import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SmallDisk } from './small-disk.ts';

/** Needs root on Linux, as every spec that mounts: it fails otherwise and says so. */
describe('a small disk', () => {
  let disk: SmallDisk;

  beforeAll(async () => {
    disk = await SmallDisk.mount(4);
  });

  afterAll(() => disk?.unmount());

  it('refuses to write when it is full, and takes writes again when there is room', async () => {
    const file = join(disk.folder, 'kept');
    await writeFile(file, 'x');
    await disk.fill();
    await expect(appendFile(file, Buffer.alloc(8_192))).rejects.toMatchObject({ code: 'ENOSPC' });
    await disk.makeRoom();
    await appendFile(file, Buffer.alloc(8_192));
    expect(await disk.freeBytes()).toBeGreaterThan(3 * 1024 * 1024);
  });
});
