import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { withOutput } from './output.ts';

describe('what a command writes', () => {
  let folder: string;

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'waybill-output-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const said: string[] = [];
  const sink = new Writable({
    highWaterMark: 1,
    write: (chunk, _, done) => {
      said.push(String(chunk));
      setImmediate(done);
    },
  });
  const terminal = { out: sink, err: sink };
  const into = (file: string) => ({ values: { output: join(folder, file) }, positionals: [] });

  it('takes its name when all of it is there, and replaces what was there', async () => {
    await writeFile(join(folder, 'f'), 'before');
    const done = await withOutput(into('f'), terminal, async (write) => {
      await write('a');
      expect(await readFile(join(folder, 'f'), 'utf8')).toBe('before');
      await write(Uint8Array.of(98));
      return 'done';
    });
    expect([done, await readFile(join(folder, 'f'), 'utf8'), await readdir(folder)]).toEqual(['done', 'ab', ['f']]);
  });

  it('is not there when the work fails half way', async () => {
    const failing = withOutput(into('f'), terminal, async (write) => {
      await write('half');
      throw new RangeError('no more');
    });
    await expect(failing).rejects.toBeInstanceOf(RangeError);
    expect(await readdir(folder)).toEqual([]);
  });

  it('goes to standard output as fast as it is read', async () => {
    await withOutput({ values: {}, positionals: [] }, terminal, async (write) => {
      for (const piece of ['one', 'two', 'three']) {
        await write(piece);
        expect(sink.writableLength).toBe(0);
      }
    });
    expect(said).toEqual(['one', 'two', 'three']);
  });

  it('is refused where nothing can be written', async () => {
    const refused = withOutput(into('no/such/folder'), terminal, () => Promise.resolve());
    await expect(refused).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringMatching(/cannot write.*ENOENT/),
    });
  });
});
