import { jest } from '@jest/globals';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '#libs/testing';
import type pg from 'pg';
import {
  compareCopies,
  copyOfDatabase,
  copyOfFile,
  readExport,
  renewIncarnation,
  restoreExport,
  writeExport,
} from './index.ts';
import { KeptLedger } from './trial/kept-ledger.ts';

jest.setTimeout(60_000);

const WHO = { who: 'an operator', why: 'moved to another place' };

describe('a ledger exported and restored', () => {
  let source: TestDatabase;
  let target: TestDatabase;
  let folder: string;
  let kept: KeptLedger;

  beforeEach(async () => {
    [source, target] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    folder = await mkdtemp(join(tmpdir(), 'waybill-backup-'));
    kept = await KeptLedger.open(source.pool('waybill_writer'), ['ann', 'bob']);
  });

  afterEach(async () => {
    await kept.stop();
    await Promise.all([source.drop(), target.drop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it.each(['ledger.ndjson', 'ledger.ndjson.gz'])('is the same to the byte, by way of %s', async (name) => {
    await kept.fill(200);
    const contents = await exported(name);
    expect(contents).toMatchObject({ actors: 2, events: 200, commands: 200 });
    await restored(name);
    expect(await rowsOf(target, kept.ledger)).toEqual({ ...(await rowsOf(source, kept.ledger)), restores: 1 });
    expect(await compared(name)).toEqual({ events: 200, commands: 200, difference: null });
  });

  it('keeps bodies that are no text, and what no canonical JSON would be', async () => {
    await kept.send('c', { say: 'x', times: 1 });
    await inserted(2, Buffer.from([0xff, 0x00, 0xc3]));
    await inserted(3, Buffer.from('{"b":1e2, "a":"\\u0000"}'));
    await exported();
    await restored();
    expect(await rowsOf(target, kept.ledger)).toEqual({ ...(await rowsOf(source, kept.ledger)), restores: 1 });
  });

  it('answers a command that was sent before as the first did, and goes on after it', async () => {
    const first = await kept.send('once', { say: 'once', times: 2 });
    const refused = await kept.send('never', { say: '', times: 1 });
    await exported();
    await restored();
    const there = kept.on(target.pool('waybill_writer'));
    expect(await there.send('once', { say: 'once', times: 2 })).toEqual({ ...first, replayed: true });
    expect(await there.send('never', { say: '', times: 1 })).toEqual({ ...refused, replayed: true });
    await expect(there.send('once', { say: 'other', times: 2 })).rejects.toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    const { answer } = await there.send('next', { say: 'next', times: 1 });
    expect(answer).toMatchObject({ outcome: 'accepted', position: 3 });
    await there.stop();
  });

  it('stands at one head with the decisions before it, although writers go on', async () => {
    await kept.fill(400);
    const copy = await copyOfDatabase(source.pool('waybill_auditor'), kept.ledger, { withNames: false });
    const before = await rowsOf(source, kept.ledger);
    await kept.send('on the head', { say: 'beyond it', times: 1 });
    let exporting = true;
    const trading = (async () => {
      for (let round = 0; exporting; round++) await kept.fill(20, `later-${round}`);
    })();
    const contents = await writeExport(copy, join(folder, 'ledger.ndjson')).finally(() => (exporting = false));
    await trading;
    await kept.fill(20, 'last');
    expect(contents.events).toBe(before.events.length);
    await restored();
    const there = await rowsOf(target, kept.ledger);
    expect(there.events).toEqual(before.events);
    expect(there.commands).toEqual(expect.arrayContaining(before.commands));
    expect(Math.max(...positionsAnswered(there.commands))).toBe(before.events.length);
    expect(await compared()).toMatchObject({ difference: null });
  });

  it('is refused where a ledger of that name is, and taken under another', async () => {
    await kept.fill(8);
    await exported();
    await restored();
    await expect(restored()).rejects.toMatchObject({ code: 'LEDGER_EXISTS' });
    await restored('ledger.ndjson', 'a-second-copy');
    const { events } = await rowsOf(target, 'a-second-copy');
    expect(events).toEqual((await rowsOf(source, kept.ledger)).events);
  });

  it('names nobody unless told, and refuses to make two of one person', async () => {
    await kept.fill(8);
    expect(await exported('nameless', false)).toMatchObject({ actors: 0 });
    await exported('named', true);
    await target.pool('waybill_writer').query("insert into access.actors (subject) values ('bob')");
    await expect(restored('named')).rejects.toMatchObject({ code: 'ACTOR_KNOWN_OTHERWISE', actors: 1 });
    expect(await rowsOf(target, kept.ledger)).toEqual({ ledgers: [], events: [], commands: [], restores: 0 });
    await restored('nameless');
    expect(await rowsOf(target, kept.ledger)).toMatchObject({ restores: 1 });
  });

  it('restores nothing when the file changes under its hands', async () => {
    await kept.fill(8);
    await exported();
    const contents = await readExport(join(folder, 'ledger.ndjson'));
    await kept.fill(8, 'more');
    await exported('other');
    await expect(restored('other', kept.ledger, contents)).rejects.toMatchObject({ code: 'EXPORT_CHANGED' });
    expect(await rowsOf(target, kept.ledger)).toEqual({ ledgers: [], events: [], commands: [], restores: 0 });
  });

  it('never takes the place of a file, and writes over what a killed export left', async () => {
    await kept.fill(8);
    await writeFile(join(folder, 'ledger.ndjson.part'), 'half a li');
    await exported();
    await expect(exported()).rejects.toMatchObject({ code: 'EXPORT_EXISTS' });
    expect(await readdir(folder)).toEqual(['ledger.ndjson']);
  });

  it.each(['ledger.ndjson', 'ledger.ndjson.gz'])(
    'is gone on with after an interruption, by way of %s',
    async (name) => {
      await kept.fill(60);
      const copy = await copied();
      await interrupted(name, 2, copy);
      await interrupted(name, 2);
      await appendFile(join(folder, `${name}.part`), 'half a li');
      await kept.send('later', { say: 'later', times: 2 });
      const { resumedAfter } = await exported(name);
      expect(resumedAfter).toBe(2 + 60 + 60);
      await writeExport(copy, join(folder, `whole-${name}`));
      expect(await readFile(join(folder, name))).toEqual(await readFile(join(folder, `whole-${name}`)));
      expect((await readdir(folder)).toSorted()).toEqual([name, `whole-${name}`]);
      await restored(name);
      expect(await compared(name)).toEqual({ events: 60, commands: 60, difference: null });
    },
  );

  it.each([
    ['the file was changed', async () => replaceIn('ledger.ndjson.part', '"Noted"', '"Noten"')],
    ['pages are said that are not there', async () => truncate(join(folder, 'ledger.ndjson.part'), 400)],
    ['the store began another life', async () => renewed()],
    ['an event became another', async () => inPlaceOf('recorded_at_ms = recorded_at_ms - 1')],
    ['a name was erased', async () => erased('bob')],
  ])('begins anew when %s', async (_, change) => {
    await kept.fill(8);
    await interrupted('ledger.ndjson', 2);
    await change();
    expect(await exported()).toMatchObject({ resumedAfter: 0, events: 8 });
    expect(await readdir(folder)).toEqual(['ledger.ndjson']);
  });

  it('is not exported with a hole in it, nor when it is not there', async () => {
    await kept.send('c', { say: 'x', times: 1 });
    await inserted(3, Buffer.from('{}'));
    await expect(exported()).rejects.toMatchObject({ code: 'LEDGER_NOT_DENSE', missing: 2 });
    expect(await readdir(folder)).not.toContain('ledger.ndjson');
    const copy = copyOfDatabase(source.pool('waybill_auditor'), 'none', { withNames: false });
    await expect(copy).rejects.toMatchObject({ code: 'LEDGER_UNKNOWN' });
  });

  it('names the first difference between two copies', async () => {
    await kept.fill(40);
    await exported();
    await restored();
    await inserted(41, Buffer.from('{}'), target);
    await inserted(41, Buffer.from('{ }'));
    await exported('longer');
    expect(await compared('longer')).toMatchObject({ events: 40, difference: 'position 41: body differs' });
    expect(await compared('ledger.ndjson')).toMatchObject({ difference: null });
    await target.pool('waybill_owner').query(
      `insert into ledger.commands
       select ledger, actor, 'forged', request, request_hash, outcome, answer, 1, recorded_at_ms
         from ledger.commands where ledger = $1 limit 1`,
      [kept.ledger],
    );
    expect(await compared('ledger.ndjson')).toMatchObject({
      difference: expect.stringMatching(/^command forged of .* in the first$/),
    });
  });

  const copied = (withNames = true) => copyOfDatabase(source.pool('waybill_auditor'), kept.ledger, { withNames });

  const exported = async (name = 'ledger.ndjson', withNames = true) =>
    writeExport(await copied(withNames), join(folder, name));

  /** Ends when `pages` more were written, of names, events and commands one each. */
  const interrupted = async (name: string, pages: number, copy?: Awaited<ReturnType<typeof copied>>) => {
    let written = 0;
    const power = () => {
      if ((written += 1) === pages) throw new Error('power cut');
    };
    await expect(writeExport(copy ?? (await copied()), join(folder, name), power)).rejects.toThrow('power cut');
  };

  const replaceIn = async (name: string, text: string, other: string) => {
    const file = join(folder, name);
    const before = await readFile(file, 'utf8');
    expect(before).toContain(text);
    await writeFile(file, before.replace(text, other));
  };

  const erased = (subject: string) =>
    source.pool('waybill_owner').query('delete from access.actors where subject = $1', [subject]);

  const renewed = async () => {
    const client = await source.pool('waybill_owner').connect();
    try {
      await renewIncarnation(client, WHO);
    } finally {
      client.release();
    }
  };

  const inPlaceOf = async (change: string) => {
    const client = await source.pool('waybill_owner').connect();
    try {
      await client.query('alter table ledger.events disable trigger user');
      await client.query('grant update on ledger.events to current_user');
      await client.query(`update ledger.events set ${change} where ledger = $1`, [kept.ledger]);
    } finally {
      client.release();
    }
  };

  const restored = async (
    name = 'ledger.ndjson',
    ledger = kept.ledger,
    contents?: Awaited<ReturnType<typeof readExport>>,
  ) => {
    const file = join(folder, name);
    const client = await target.pool('waybill_owner').connect();
    try {
      await restoreExport(client, { file, ledger, ...WHO }, contents ?? (await readExport(file)));
    } finally {
      client.release();
    }
  };

  const compared = async (name = 'ledger.ndjson') => {
    const file = await copyOfFile(join(folder, name));
    const upTo = file.ledger.head;
    return compareCopies(
      file,
      await copyOfDatabase(target.pool('waybill_auditor'), kept.ledger, { withNames: false, upTo }),
    );
  };

  const inserted = (position: number, body: Buffer, database = source) =>
    database.pool('waybill_owner').query(
      `insert into ledger.events (ledger, position, stream, version, type, effective_at, recorded_at_ms, body)
       values ($1, $2, 'by/hand', $2, 'Odd', '2026-01-01', 9e12, $3)`,
      [kept.ledger, position, body],
    );
});

/** The position of each answer that has one: a refusal has none. */
function positionsAnswered(commands: readonly { readonly answer: string }[]): readonly number[] {
  return commands.flatMap(({ answer }) => {
    const { position } = JSON.parse(Buffer.from(answer, 'hex').toString()) as { readonly position?: number };
    return position ?? [];
  });
}

/** Everything that the database holds of `ledger`. */
async function rowsOf(database: TestDatabase, ledger: string) {
  const pool: pg.Pool = database.pool('waybill_auditor');
  const rows = async <Row extends pg.QueryResultRow>(statement: string): Promise<readonly Row[]> =>
    (await pool.query<Row>(statement, [ledger])).rows;
  return {
    ledgers: await rows('select * from ledger.ledgers where ledger = $1'),
    events: await rows(
      `select position, stream, version, type, effective_at::text, recorded_at_ms, encode(body, 'hex') as body
         from ledger.events where ledger = $1 order by position`,
    ),
    commands: await rows<{ answer: string }>(
      `select actor, command_id, encode(request, 'hex') as request, encode(request_hash, 'hex') as request_hash,
              outcome, encode(answer, 'hex') as answer, decided_on, recorded_at_ms
         from ledger.commands where ledger = $1 order by actor, command_id`,
    ),
    restores: (await rows('select from ledger.restores where ledger = $1')).length,
  };
}
