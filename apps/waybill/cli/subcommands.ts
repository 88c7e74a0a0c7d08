import { readingSubcommands, url } from './reading-subcommands.ts';
import type { Subcommand } from './subcommand.ts';

const record = { '--who NAME': 'who wants it, for the record', '--why TEXT': 'why, for the record' };
const json = { '--json': 'for machines: JSON on standard output' };

/** Everything `waybill` can do, by name. */
export const subcommands: Readonly<Record<string, Subcommand>> = {
  start: {
    summary: 'start everything in one process: PostgreSQL, Kafka, the services, the demo story',
    usage: 'waybill start',
    positionals: [],
    options: {},
    optionHelp: {},
    load: async () => {
      const { runStart } = await import('../start/index.ts');
      return async (_args, { config }) => runStart(config);
    },
  },
  scenario: {
    summary: 'play a scenario file over HTTP and check what it expects',
    usage: 'waybill scenario FILE [--url URL] [--only KINDS] [--until N] [--json]',
    positionals: ['FILE'],
    options: {
      url: { type: 'string' },
      only: { type: 'string' },
      until: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      ...url,
      '--only KINDS': 'check these expectations alone, such as position,asOf; rejections are always checked',
      '--until N': 'stop after step N',
      ...json,
    },
    load: async () => (await import('../scenario/command.ts')).runScenario,
  },
  ...readingSubcommands,
  redirect: {
    summary:
      'propose a redirection, or with --dry-run say what it would do to units, sites and money; 1 when it is refused',
    usage:
      'waybill redirect --ledger LEDGER --legs LEG,… --as ACTOR (--dry-run | --id ID --reason TEXT) [--on DAY] [--url URL] [--json]',
    positionals: [],
    options: {
      ledger: { type: 'string' },
      legs: { type: 'string' },
      as: { type: 'string' },
      'dry-run': { type: 'boolean' },
      id: { type: 'string' },
      reason: { type: 'string' },
      on: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER': 'which ledger',
      '--legs LEG,…': 'SHIPMENT:COMPANY:SITE, or ORDER/TRANCHE:COMPANY:SITE for all that is open of a tranche',
      '--as ACTOR': 'who proposes it, such as tesla-logistics',
      '--dry-run': 'decide it as the books stand, and write nothing',
      '--id ID': 'the id that it is to have',
      '--reason TEXT': 'why, which the ledger keeps',
      '--on DAY': 'the day from which it is true; today unless said',
      ...url,
      '--json': 'the same in JSON',
    },
    load: async () => (await import('../redirect/command.ts')).runRedirect,
  },
  topic: {
    summary: 'publish ledgers to the topic anew, from their first events',
    usage: 'waybill topic refill (--ledger LEDGER | --all) --who NAME --why TEXT [--create] [--json]',
    positionals: ['refill'],
    options: {
      ledger: { type: 'string' },
      all: { type: 'boolean' },
      who: { type: 'string' },
      why: { type: 'string' },
      create: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER':
        'which ledger, of the database of DATABASE_URL (as waybill_relay) or of the folder WAYBILL_DATA',
      '--all': 'every ledger',
      '--who NAME': 'who wants it, for the record',
      '--why TEXT': 'why, for the record',
      '--create': 'make the topic, with its settings, when it is not there',
      ...json,
    },
    load: async () => (await import('../topic/command.ts')).runTopic,
  },
  migrate: {
    summary: 'bring the database of DATABASE_URL (its owner) to the newest schema',
    usage: 'waybill migrate',
    positionals: [],
    options: {},
    optionHelp: {},
    load: async () => (await import('../migrate/command.ts')).runMigrate,
  },
  doctor: {
    summary: 'fold a ledger anew, compare every read model with it and hold both to the invariants of the domain',
    usage: 'waybill doctor --ledger LEDGER [--json]',
    positionals: [],
    options: { ledger: { type: 'string' }, json: { type: 'boolean' } },
    optionHelp: {
      '--ledger LEDGER':
        'which ledger, of the database of DATABASE_URL (as waybill_auditor) or of the folder WAYBILL_DATA',
      ...json,
    },
    load: async () => (await import('../doctor/command.ts')).runDoctor,
  },
  lag: {
    summary: 'how far Kafka and the read models are behind each ledger; 1 when something is halted',
    usage: 'waybill lag [--ledger LEDGER] [--json]',
    positionals: [],
    options: { ledger: { type: 'string' }, json: { type: 'boolean' } },
    optionHelp: { '--ledger LEDGER': "this one alone; DATABASE_URL is the auditor's", ...json },
    load: async () => (await import('../lag/command.ts')).runLag,
  },
  halts: {
    summary: 'what stands still before an event, and since when; lets it try again, on record',
    usage: 'waybill halts list|release [--ledger LEDGER] [--who NAME --why TEXT] [--published] [--json]',
    positionals: ['ACTION'],
    options: {
      ledger: { type: 'string' },
      who: { type: 'string' },
      why: { type: 'string' },
      published: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER':
        'which; list: as waybill_auditor, release: as waybill_projector, or of the folder WAYBILL_DATA',
      '--who NAME': 'who releases it, for the record',
      '--why TEXT': 'why, for the record',
      '--published':
        'release what the relay halted, as waybill_relay; without it, what an event stops in the read models',
      ...json,
    },
    load: async () => (await import('../halts/command.ts')).runHalts,
  },
  rebuild: {
    summary: "build a ledger's read models anew beside the live ones, compare them, and switch",
    usage:
      'waybill rebuild --ledger LEDGER (--who NAME --why TEXT [--from ledger|kafka] [--switch-anyway] | --drop GENERATION | --list) [--json]',
    positionals: [],
    options: {
      ledger: { type: 'string' },
      from: { type: 'string' },
      who: { type: 'string' },
      why: { type: 'string' },
      'switch-anyway': { type: 'boolean' },
      drop: { type: 'string' },
      list: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER':
        'which ledger, of the database of DATABASE_URL (as waybill_projector) or of the folder WAYBILL_DATA',
      '--from SOURCE': 'ledger (unless said), or kafka: the topic alone, from its beginning',
      '--who NAME': 'who wants it, for the record',
      '--why TEXT': 'why, for the record',
      '--switch-anyway': 'put the new generation live although the live one differs from it',
      '--drop GENERATION': 'remove a generation that is no longer live, and build nothing',
      '--list': 'say which rebuilds there were: who, why, when, from where, what became of them',
      ...json,
    },
    load: async () => (await import('../rebuild/command.ts')).runRebuild,
  },
  export: {
    summary: 'write a ledger with its command log into a file',
    usage: 'waybill export --ledger LEDGER --to FILE [--with-names] [--who NAME] [--json]',
    positionals: [],
    options: {
      ledger: { type: 'string' },
      to: { type: 'string' },
      'with-names': { type: 'boolean' },
      who: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER':
        'which ledger, of the database of DATABASE_URL (as waybill_auditor) or of the folder WAYBILL_DATA',
      '--to FILE': 'the file to make; gzipped when its name ends in .gz',
      '--with-names': 'also who the actors are: they can then be erased here and still stand in the file',
      '--who NAME': "who exports, for the access log; the database's user unless said",
      ...json,
    },
    load: async () => (await import('../backup/export.ts')).runExport,
  },
  restore: {
    summary: 'bring an exported ledger into the database of DATABASE_URL (its owner)',
    usage: 'waybill restore FILE --who NAME --why TEXT [--as LEDGER] [--json]',
    positionals: ['FILE'],
    options: { who: { type: 'string' }, why: { type: 'string' }, as: { type: 'string' }, json: { type: 'boolean' } },
    optionHelp: { ...record, '--as LEDGER': 'under another name than it had', ...json },
    load: async () => (await import('../backup/restore.ts')).runRestore,
  },
  'verify-copy': {
    summary: 'compare an export, byte for byte, with a ledger or with another export',
    usage: 'waybill verify-copy FILE [--ledger LEDGER | --with FILE] [--json]',
    positionals: ['FILE'],
    options: { ledger: { type: 'string' }, with: { type: 'string' }, json: { type: 'boolean' } },
    optionHelp: {
      '--ledger LEDGER':
        'another name than in the file; of the database of DATABASE_URL (as waybill_auditor) or of the folder WAYBILL_DATA',
      '--with FILE': 'with another export, and no database',
      ...json,
    },
    load: async () => (await import('../backup/verify-copy.ts')).runVerifyCopy,
  },
  restored: {
    summary: 'say that the database of DATABASE_URL (its owner) was brought back to an earlier point',
    usage: 'waybill restored --who NAME --why TEXT [--json]',
    positionals: [],
    options: { who: { type: 'string' }, why: { type: 'string' }, json: { type: 'boolean' } },
    optionHelp: { ...record, ...json },
    load: async () => (await import('../backup/restored.ts')).runRestored,
  },
};
