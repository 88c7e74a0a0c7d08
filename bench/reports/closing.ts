import type { LedgerCommand } from '#libs/domain';
import type { Day, Id } from '#libs/kernel';
import { randomUUID } from 'node:crypto';
import { BUYERS } from '../dataset/world.ts';

interface Closing {
  readonly command: LedgerCommand;
  readonly commandId: string;
  readonly actor: string;
  readonly companyId: Id;
}

/** A hall and the units that load it on the last day. */
export interface Loaded {
  readonly siteId: Id;
  readonly units: number;
}

/** On the last day: a public claim of every buyer, and every eighth hall can take a tenth less than loads it. */
export function closing(day: Day, load: readonly Loaded[]): readonly Closing[] {
  const actor = randomUUID();
  return BUYERS.flatMap(({ companyId, hallId }, index) => {
    const said = { statedOn: day, speaker: 'chair', source: 'https://example.com/call', quote: 'as many as we can' };
    const claimed = { claimId: `${companyId}.CLAIM`, companyId, metric: 'accepted', low: 1, high: 2 } as const;
    const units = load.find(({ siteId }) => siteId === hallId)?.units ?? 0;
    const lost = { siteId: hallId, usableUnits: Math.floor(units * 0.9), from: day, cause: 'cooling' };
    const commands: LedgerCommand[] = [{ type: 'RecordClaim', ...claimed, ...said }];
    if (index % 8 === 0) commands.push({ type: 'ReportCapacityUnavailable', ...lost });
    return commands.map((command) => ({ command, companyId, actor, commandId: randomUUID() }));
  });
}
