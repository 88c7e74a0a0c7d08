import type { Subcommand } from './subcommand.ts';

export const url = { '--url URL': 'where Waybill answers; http://127.0.0.1 with the port of PORT (3000) unless said' };

/** What `waybill` reads of a ledger over HTTP, by name. */
export const readingSubcommands = {
  events: {
    summary: "follow a ledger's events as they come, or write them into a file",
    usage:
      'waybill events tail|export --ledger LEDGER [--after N] [--type TYPE] [--stream STREAM] [--actor ACTOR] [--correlation-id ID] [--recorded-from INSTANT] [--recorded-until INSTANT] [--output FILE] [--url URL] [--json]',
    positionals: ['ACTION'],
    options: {
      ledger: { type: 'string' },
      after: { type: 'string' },
      type: { type: 'string' },
      stream: { type: 'string' },
      actor: { type: 'string' },
      'correlation-id': { type: 'string' },
      'recorded-from': { type: 'string' },
      'recorded-until': { type: 'string' },
      output: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER': 'which ledger',
      '--after N': 'events after this position; unless said, tail begins ten before the head and export with the first',
      '--type TYPE': 'only these, such as OrderPlaced',
      '--stream STREAM': 'only those of this stream, such as order/PO-T1',
      '--actor ACTOR': 'only those of this actor, by pseudonym',
      '--correlation-id ID': 'only those of this correlation',
      '--recorded-from INSTANT': 'export: only those that the ledger learned of then or later',
      '--recorded-until INSTANT': 'export: only those that the ledger learned of then or before',
      '--output FILE': 'export: into this file, whole or not at all; standard output unless said',
      ...url,
      '--json': 'tail: one CloudEvent a line; export writes such lines always, and says what it wrote in JSON',
    },
    load: async () => (await import('../events/command.ts')).runEvents,
  },
  report: {
    summary: 'a report of a ledger, whole: as a table, or the bytes of the API in JSON, CSV or Parquet',
    usage:
      'waybill report NAME --ledger LEDGER [--by FIELD=VALUE,…] [--as-of POSITION] [--valid-at DAY] [--format json|csv|parquet] [--output FILE] [--url URL] [--json]',
    positionals: ['NAME'],
    options: {
      ledger: { type: 'string' },
      by: { type: 'string' },
      'as-of': { type: 'string' },
      'valid-at': { type: 'string' },
      format: { type: 'string' },
      output: { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER':
        'which ledger; NAME is positions, site-load, funds …: an unknown one is answered with the list',
      '--by FIELD=VALUE,…': 'what the report is asked by, such as companyId=TESLA or until=2024-12-31',
      '--as-of POSITION': 'what was known: at a position or an instant; the latest unless said',
      '--valid-at DAY': 'what was true on a day; all days unless said',
      '--format FORMAT': 'json, csv or parquet: the bytes of the API, all pages in one; a table for people unless said',
      '--output FILE': 'into this file, whole or not at all; standard output unless said',
      ...url,
      '--json': 'the same as --format json',
    },
    load: async () => (await import('../report/command.ts')).runReport,
  },
  lineage: {
    summary: 'the events that a figure of a report comes of, and what each adds',
    usage:
      'waybill lineage REPORT FIGURE --ledger LEDGER --by FIELD=VALUE,… [--as-of POSITION] [--valid-at DAY] [--url URL] [--json]',
    positionals: ['REPORT', 'FIGURE'],
    options: {
      ledger: { type: 'string' },
      by: { type: 'string' },
      'as-of': { type: 'string' },
      'valid-at': { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER': 'which ledger',
      '--by FIELD=VALUE,…': "what the figure's row is found by, such as companyId=TESLA,skuId=H100",
      '--as-of POSITION': 'what was known: at a position or an instant; the latest unless said',
      '--valid-at DAY': 'what was true on a day; all days unless said',
      ...url,
      '--json': 'one event a line',
    },
    load: async () => (await import('../lineage/command.ts')).runLineage,
  },
  evidence: {
    summary: 'what a file is evidence of in a ledger, by its bytes',
    usage: 'waybill evidence FILE --ledger LEDGER [--url URL] [--json]',
    positionals: ['FILE'],
    options: { ledger: { type: 'string' }, url: { type: 'string' }, json: { type: 'boolean' } },
    optionHelp: {
      '--ledger LEDGER': 'which ledger',
      ...url,
      '--json': 'one event and document a line',
    },
    load: async () => (await import('../evidence/command.ts')).runEvidence,
  },
  difference: {
    summary:
      'what differs between two moments of a ledger, or from a what-if, in words by company and figure by figure',
    usage:
      'waybill difference --ledger LEDGER --from MOMENT|--branch BRANCH [--to MOMENT] [--by FIELD=VALUE,…] [--valid-at DAY] [--url URL] [--json]',
    positionals: [],
    options: {
      ledger: { type: 'string' },
      branch: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      by: { type: 'string' },
      'valid-at': { type: 'string' },
      url: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER': 'which ledger',
      '--from MOMENT': 'what was known before: a position, or an instant such as 2024-06-06T12:00:00Z',
      '--branch BRANCH': 'a what-if that goes on from the ledger: what it comes to, beside what happened',
      '--to MOMENT': 'what was known after, in the branch if one is named; the latest when left out',
      '--by FIELD=VALUE,…': 'only what is of a companyId, skuId or siteId',
      '--valid-at DAY': 'what was true on a day',
      ...url,
      '--json': 'one company or figure a line',
    },
    load: async () => (await import('../difference/command.ts')).runDifference,
  },
} satisfies Readonly<Record<string, Subcommand>>;
