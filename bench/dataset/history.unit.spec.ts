import { createHash } from 'node:crypto';
import { ledgerDecider, type LedgerState } from '#libs/domain';
import { DomainError, withMetadata } from '#libs/kernel';
import { history, type HistoricCommand } from './history.ts';

const COMMANDS = 12_000;
const told = historyOf(1);

describe('a history', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(digestOf(historyOf(1))).toBe(digestOf(told));
    expect(digestOf(historyOf(2))).not.toBe(digestOf(told));
  });

  it('gives every command an id of its own, and every person one pseudonym', () => {
    expect(new Set(told.map(({ commandId }) => commandId)).size).toBe(COMMANDS);
    expect(new Set(told.map(({ actor }) => actor)).size).toBeLessThan(130);
  });

  it('is accepted by the rules, but for the approvals that requesters tried', () => {
    const { codes, companies } = decided(told);
    expect([...codes.keys()].sort()).toEqual(['SELF_APPROVAL', 'accepted']);
    expect(codes.get('SELF_APPROVAL') ?? 0).toBeLessThan(COMMANDS * 0.01);
    expect(companies).toBeGreaterThanOrEqual(20);
  });

  it('has every kind of thing that happens to units', () => {
    const { types } = decided(told);
    for (const type of [
      'ShipmentRedirected',
      'CommitmentRedirected',
      'RedirectionActivated',
      'FundsMoved',
      'ExposureChanged',
      'RedirectionLegDelivered',
      'TrancheConfirmed',
      'ReceiptAccepted',
    ]) {
      expect(types.get(type) ?? 0).toBeGreaterThan(20);
    }
  });
});

function historyOf(seed: number): readonly HistoricCommand[] {
  const commands = history(seed);
  return Array.from({ length: COMMANDS }, () => commands.next().value);
}

function digestOf(commands: readonly HistoricCommand[]): string {
  return createHash('sha256').update(JSON.stringify(commands)).digest('hex');
}

function decided(commands: readonly HistoricCommand[]) {
  const codes = new Map<string, number>();
  const types = new Map<string, number>();
  const companies = new Set<string>();
  let state: LedgerState = ledgerDecider.initial;
  for (const [index, each] of commands.entries()) {
    const outcome = decide(state, each, index);
    count(codes, 'code' in outcome ? outcome.code : 'accepted');
    if ('code' in outcome) continue;
    for (const { type } of outcome.events) count(types, type);
    if (each.companyId !== null) companies.add(each.companyId);
    state = outcome.state;
  }
  return { codes, types, companies: companies.size };
}

function decide(state: LedgerState, { command, ...rest }: HistoricCommand, index: number) {
  const { commandId, actor, companyId, effectiveAt } = rest;
  const said = { reason: null, evidence: [], correlationId: commandId, causationId: null };
  const metadata = { ...said, commandId, actor, actingFor: companyId, effectiveAt };
  try {
    const events = ledgerDecider.decide(command, state, { ...metadata, today: '2026-01-01' });
    const evolve = (before: LedgerState, event: (typeof events)[number]) =>
      ledgerDecider.evolve(before, { ...withMetadata(event, metadata), position: index, version: 1, schemaVersion: 1 }); // prettier-ignore
    return { events, state: events.reduce(evolve, state) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { code: error.code };
  }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
