import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { claimFolder } from './folder-claim.ts';
import { startOf } from './process-facts.ts';

describe('a claim on a data folder', () => {
  let folder: string;
  const claimedBy = (owner: string) => writeFile(path.join(folder, 'owner.json'), owner);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'waybill-claim-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it('holds until it is released', async () => {
    const claim = await claimFolder(folder);
    await expect(claimFolder(folder)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE', ownerPid: process.pid });
    await claim.release();
    await (await claimFolder(folder)).release();
  });

  it('counts for nothing when another process has its pid now', async () => {
    await claimedBy(JSON.stringify({ pid: process.pid, start: 'another time' }));
    await (await claimFolder(folder)).release();
  });

  it('counts for nothing when its process is gone, or died while writing it', async () => {
    await claimedBy(JSON.stringify({ pid: 2 ** 22 + 1, start: '1' }));
    await (await claimFolder(folder)).release();
    await claimedBy('{"pid":');
    await (await claimFolder(folder)).release();
  });

  it('tells processes by when they started', async () => {
    expect(await startOf(process.pid)).toMatch(/\d/);
    expect(await startOf(2 ** 22 + 1)).toBeNull();
  });
});
