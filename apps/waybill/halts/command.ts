import { EVENTS_TOPIC, publishedPositions } from '#libs/messaging';
import type { Id } from '#libs/kernel';
import { haltReleases, NotHalted, type ProjectionLag, projectionLags, releaseHalts } from '#libs/read-models';
import { asAuditor, asProjector, asRelay } from '../cli/database.ts';
import { givenLedger, ledgerOption, textOption } from '../cli/options.ts';
import type { CliContext, ExitCode, ParsedArguments, RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';
import { outcomeOf } from './outcome.ts';
import { releasePublication } from './publication.ts';

/** `waybill halts list|release`: what stands still and why; lets it try again, on record. */
export const runHalts: RunSubcommand = async (args, context) => {
  const [action] = args.positionals;
  if (action === 'list') return list(args, context);
  if (action === 'release') return release(args, context);
  throw new UsageError('say "waybill halts list" or "waybill halts release"');
};

async function list(args: ParsedArguments, { config, out }: CliContext): Promise<ExitCode> {
  const ledger = givenLedger(args);
  const named = ledger === null ? null : [ledger];
  const found = await asAuditor(config, async (db) => ({
    projections: (await projectionLags(db, named)).filter(({ halt }) => halt !== null),
    publications: (await publishedPositions(db, EVENTS_TOPIC.topic)).filter(
      (each) => each.halt !== null && (ledger === null || each.ledger === ledger),
    ),
    releases: await haltReleases(db, named, 20),
  }));
  const lines = [
    ...found.projections.map((lag) => `FAIL: ${haltLine(lag)}`),
    ...found.publications.map(
      (each) =>
        `FAIL: ${each.ledger}: not published after ${each.published}, ${each.halt}; waybill topic refill publishes it anew`,
    ),
    ...found.releases.map(
      (each) =>
        `${each.ledger}: ${each.code} at ${each.position} released ${each.releasedAt} by ${each.who}: ${each.why}`,
    ),
  ];
  const nothing = lines.length === 0 ? ['nothing is halted, nothing was ever released'] : [];
  out.write(`${args.values['json'] === true ? JSON.stringify(found) : [...lines, ...nothing].join('\n')}\n`);
  return found.projections.length + found.publications.length > 0 ? 1 : 0;
}

async function release(args: ParsedArguments, { config, out }: CliContext): Promise<ExitCode> {
  const ledger = ledgerOption(args);
  const who = textOption(args, 'who')?.trim() ?? '';
  const why = textOption(args, 'why')?.trim() ?? '';
  if (who === '' || why === '') throw new UsageError('say --who and --why: a release is kept on record');
  if (args.values['published'] === true) {
    const released = await asRelay(config, (db) => releasePublication(db, ledger, { who, why }));
    out.write(`${args.values['json'] === true ? JSON.stringify(released) : released.text}\n`);
    return released.asked ? 0 : 1;
  }
  return asProjector(config, async (db) => {
    try {
      const releases = await releaseHalts(db, ledger, { who, why });
      const outcome = await outcomeOf(db, ledger, releases);
      out.write(`${args.values['json'] === true ? JSON.stringify({ releases, ...outcome }) : outcome.text}\n`);
      return outcome.wentOn ? 0 : 1;
    } catch (error) {
      if (!(error instanceof NotHalted)) throw error;
      return notHalted(args, ledger, error, out);
    }
  });
}

function notHalted(args: ParsedArguments, ledger: Id, error: NotHalted, out: CliContext['out']): ExitCode {
  const said = { ledger, code: error.code };
  out.write(`${args.values['json'] === true ? JSON.stringify(said) : `${error.code}: ${error.message}`}\n`);
  return 1;
}

function haltLine({ ledger, generation, position, halt }: ProjectionLag): string {
  return `${ledger}: generation ${generation} stands at ${position}, ${halt?.code} at ${halt?.position} since ${halt?.since}`;
}
