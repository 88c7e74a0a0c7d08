import type { ReadModelDifference, RebuildReport } from '#libs/read-models';

/** What a rebuild did, for people. */
export function written(report: RebuildReport): string {
  const { ledger, generation, position, digest, eventsFrom, buildMs, differences } = report;
  const perSecond = Math.round(position / (buildMs / 1_000));
  return [
    `${ledger}: generation ${generation} holds positions 1 to ${position}, digest ${digest}`,
    `events read: ${eventsFrom.ledger} from the ledger, ${eventsFrom.topic} from Kafka; ${perSecond}/s`,
    `${differences.count} differences between it and generation ${report.beside}`,
    ...differences.named.slice(0, SHOWN).map(differenceLine),
    ...(differences.count > SHOWN ? [`… and ${differences.count - SHOWN} more`] : []),
    ending(report),
  ].join('\n');
}

const SHOWN = 20;

function differenceLine({ table, key, expected, found }: ReadModelDifference): string {
  return `  ${table} ${key}: built ${JSON.stringify(expected)}, live ${JSON.stringify(found)}`;
}

function ending({ outcome, generation, beside, halt }: RebuildReport): string {
  const before = halt === null ? '' : ` It stops before ${halt.position}: ${halt.code}.`;
  switch (outcome) {
    case 'switched':
      return `Generation ${generation} is live; generation ${beside} is kept until --drop ${beside}.${before}`;
    case 'differs':
      return `Generation ${beside} stays live: --switch-anyway builds again and puts the new one live.${before}`;
    case 'halted':
      return `Generation ${beside} stays live: it holds events that this release cannot fold.${before}`;
  }
}
