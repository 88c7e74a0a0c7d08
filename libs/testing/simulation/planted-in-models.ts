import type { PlantedBug } from './planted-bug.ts';

const MODEL = 'libs/testing/simulation';

/** In the models of what PostgreSQL, Kafka, the group and the rules promise: what the code above relies on. */
export const inTheModels: readonly PlantedBug[] = [
  {
    bug: 'no row lock',
    breaks: 'positions are dense',
    file: `${MODEL}/model-ledger.ts`,
    find: 'if (holder === null) await this.lock.take(own);',
    replace: '',
  },
  {
    bug: 'head not compared with what was decided on',
    breaks: 'an acknowledged command is in the ledger once, a rejected one never',
    file: `${MODEL}/model-ledger.ts`,
    find: 'if (head !== call.decidedOn) return this.missed(head, call);',
    replace: '',
  },
  {
    bug: 'command log not consulted',
    breaks: 'answers are what the log holds',
    file: `${MODEL}/model-ledger.ts`,
    find: "if (known !== null) return this.outcome('known', head, { known });",
    replace: '',
  },
  {
    bug: 'commands logged, events lost',
    breaks: 'an acknowledged command is in the ledger once, a rejected one never',
    file: `${MODEL}/model-ledger.ts`,
    find: 'this.events.push(...events);',
    replace: 'if (this.around.chance.next() > 0.02) this.events.push(...events);',
  },
  {
    bug: 'checkpoint without compare-and-set',
    breaks: 'the read model is the fold of the ledger',
    file: `${MODEL}/model-read-tables.ts`,
    find: 'if (tables.checkpoint.position !== from.checkpoint.position) {',
    replace: 'if (tables.checkpoint.position < 0) {',
  },
  {
    bug: 'checkpoint and rows in two transactions',
    breaks: 'the read model is the fold of the ledger',
    file: `${MODEL}/model-read-tables.ts`,
    find: 'tables.checkpoint = to;',
    replace: `tables.checkpoint = to;
    if (this.around.chance.happens(this.around.weather.lost)) {
      return { standing: this.standing(ledger), overtaken: false, halted: null };
    }`,
  },
  {
    bug: 'watchdog removed: a lost tail is never noticed',
    breaks: 'the checkpoint reaches the head',
    file: 'libs/read-models/projection/ledger-follower.ts',
    find: 'return head.position > position && nowMs - sinceMs >= this.patienceMs(head);',
    replace: 'return head.position < position && nowMs - sinceMs >= this.patienceMs(head);',
  },
  {
    bug: 'recordedAt going back',
    breaks: 'recordedAt never goes back',
    file: `${MODEL}/model-ledger.ts`,
    find: 'return Math.max(lastMs, EPOCH_MS',
    replace: 'return Math.max(0 * lastMs, EPOCH_MS',
  },
  {
    bug: 'epoch fence removed',
    breaks: 'who lost the lead records nothing',
    file: `${MODEL}/model-relay-progress.ts`,
    find: 'if (row?.epoch !== epoch || row.position !== from) return false;',
    replace: 'if (row?.position !== from) return false;',
  },
  {
    bug: 'lease never expires',
    breaks: 'the topic holds the whole ledger',
    file: `${MODEL}/model-relay-progress.ts`,
    find: 'const expired = lease.expiresAtMs < time.nowMs;',
    replace: 'const expired = lease.expiresAtMs < 0 && time.nowMs >= 0;',
  },
  {
    bug: 'gate ignoring the dock',
    breaks: 'the dock is not overrun',
    file: `${MODEL}/trading-rules.ts`,
    find: "if (here.length + 1 > DOCK_ORDERS) throw new DomainError('DOCK_FULL');",
    replace: '',
  },
  {
    bug: 'one approval for two parties',
    breaks: 'two parties release an order',
    file: `${MODEL}/trading-rules.ts`,
    find: "if (order.approvedBy.includes(command.party)) throw new DomainError('SAME_PARTY', { party: command.party });",
    replace: '',
  },
  {
    bug: 'budget checked on the stream alone',
    breaks: 'the budget is kept',
    file: `${MODEL}/trading-rules.ts`,
    find: "if (sumOf(open, 'cents') + data.cents > BUDGET_CENTS)",
    replace: 'if (data.cents > BUDGET_CENTS)',
  },
];
