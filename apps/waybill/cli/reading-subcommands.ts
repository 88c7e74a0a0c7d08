import type { Subcommand } from './subcommand.ts';

export const url = { '--url URL': 'where Waybill answers; http://127.0.0.1 with the port of PORT (3000) unless said' };

/** What `waybill` reads of a ledger over HTTP, by name. */
export const readingSubcommands = {
  events: {
    summary: "print a ledger's events from a position on",
    usage: 'waybill events --ledger LEDGER [--after N] [--follow] [--url URL] [--json]',
    positionals: [],
    options: {
      ledger: { type: 'string' },
      after: { type: 'string' },
      follow: { type: 'boolean' },
      url: { type: 'string' },
      json: { type: 'boolean' },
    },
    optionHelp: {
      '--ledger LEDGER': 'which ledger',
      '--after N': 'events after this position; 0 unless said',
      '--follow': 'go on as events arrive, until interrupted',
      ...url,
      '--json': 'one CloudEvent a line',
    },
    load: async () => (await import('../events/command.ts')).runEvents,
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
  difference: {
    summary: 'what differs between two moments of a ledger, in words by company and figure by figure',
    usage:
      'waybill difference --ledger LEDGER --from MOMENT [--to MOMENT] [--by FIELD=VALUE,…] [--valid-at DAY] [--url URL] [--json]',
    positionals: [],
    options: {
      ledger: { type: 'string' },
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
      '--to MOMENT': 'what was known after; the latest when left out',
      '--by FIELD=VALUE,…': 'only what is of a companyId, skuId or siteId',
      '--valid-at DAY': 'what was true on a day',
      ...url,
      '--json': 'one company or figure a line',
    },
    load: async () => (await import('../difference/command.ts')).runDifference,
  },
} satisfies Readonly<Record<string, Subcommand>>;
