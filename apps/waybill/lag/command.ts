import { EVENTS_TOPIC, type PublishedPosition, publishedPositions } from '#libs/messaging';
import { type ProjectionLag, projectionLags } from '#libs/read-models';
import { asAuditor } from '../cli/database.ts';
import { givenLedger } from '../cli/options.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';

/** Of a branch nothing is published. */
interface LedgerLag extends Omit<PublishedPosition, 'published'> {
  readonly published: number | null;
  readonly projections: readonly ProjectionLag[];
}

/** `waybill lag`: 1 when something is halted, in the read models or on the way to Kafka. */
export const runLag: RunSubcommand = async (args, { config, out }) => {
  const ledger = givenLedger(args);
  const lags = await asAuditor(config, async (db) => {
    const [published, projections] = await Promise.all([
      publishedPositions(db, EVENTS_TOPIC.topic),
      projectionLags(db, ledger === null ? null : [ledger]),
    ]);
    return lagsOf(published, projections);
  });
  if (ledger !== null && lags.length === 0) throw new UsageError(`there is no ledger ${ledger}`);
  out.write(`${args.values['json'] === true ? JSON.stringify(lags) : lags.map(written).join('\n')}\n`);
  return lags.some(isHalted) ? 1 : 0;
};

function lagsOf(published: readonly PublishedPosition[], projections: readonly ProjectionLag[]): readonly LedgerLag[] {
  const ofTopic = new Map(published.map((each) => [each.ledger, each]));
  const heads = new Map(projections.map(({ ledger, head }) => [ledger, head]));
  return [...heads].map(([ledger, head]) => ({
    ...(ofTopic.get(ledger) ?? { ledger, head, published: null, halt: null }),
    projections: projections.filter((lag) => lag.ledger === ledger),
  }));
}

function isHalted({ halt, projections }: LedgerLag): boolean {
  return halt !== null || projections.some((lag) => lag.halt !== null);
}

function written({ ledger, head, published, halt, projections }: LedgerLag): string {
  return [
    `${ledger}: head ${head}, ${published === null ? 'a branch, not published' : `published ${published}`}${halt === null ? '' : `, FAIL: not published, ${halt}`}`,
    ...projections.map(projectionLine),
  ].join('\n');
}

function projectionLine({ generation, isLive, position, lagPositions, lagSeconds, halt }: ProjectionLag): string {
  const age = lagPositions > 0 && lagSeconds !== null ? `, for ${lagSeconds} s` : '';
  const halted = halt === null ? '' : `, FAIL: halted at ${halt.position} by ${halt.code} since ${halt.since}`;
  const name = `generation ${generation}${isLive ? '' : ' (not live)'}`;
  return `  ${name}: position ${position}, ${lagPositions} behind${age}${halted}`;
}
