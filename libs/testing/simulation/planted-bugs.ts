import type { PlantedBug } from './planted-bug.ts';

const WRITER = 'libs/event-store/writer';
const RELAY = 'libs/messaging/relay';
const PROJECTOR = 'libs/read-models/projection/projector.ts';

/** In code that runs for users. */
export const inTheCode: readonly PlantedBug[] = [
  {
    bug: 'acknowledge before commit',
    breaks: 'answers are what the log holds',
    file: `${WRITER}/group-writer.ts`,
    find: 'const landing = append(',
    replace: `for (const { entry, decision } of tried.decided) entry.resolve({ answer: decision.answer, replayed: false });
    const landing = append(`,
  },
  {
    bug: 'rejection not checked against the head',
    breaks: 'answers are what the log holds',
    file: `${WRITER}/group-writer.ts`,
    find: 'const outcome = tried.decided.length === 0',
    replace: `for (const { entry, decision } of tried.decided)
      if (decision.answer.outcome === 'rejected') entry.resolve({ answer: decision.answer, replayed: false });
    const outcome = tried.decided.length === 0`,
  },
  {
    bug: 'stale book after a lost race',
    breaks: 'streams count 1..n',
    file: `${WRITER}/group-writer.ts`,
    find: 'this.book = settled(withEvents(this.rules, this.book, storedFrom(outcome.missed)));',
    replace: 'this.book = { ...this.book, head: outcome.head };',
  },
  {
    bug: 'answers of the command log not told',
    breaks: 'every command is answered',
    file: `${WRITER}/group-writer.ts`,
    find: 'return [...settleKnown(entriesOf(tried), outcome.known), ...tried.left];',
    replace: 'return [...entriesOf(tried), ...tried.left];',
  },
  {
    bug: 'commands left over by a full batch forgotten',
    breaks: 'every command is answered',
    file: `${WRITER}/pipeline.ts`,
    find: 'return stay.isOver() ? left : [...left, ...waiting.take(decided.length, shares)];',
    replace: 'return stay.isOver() ? [] : waiting.take(decided.length, shares);',
  },
  {
    bug: 'what was written before a turn not applied',
    breaks: 'streams count 1..n',
    file: `${WRITER}/group-writer.ts`,
    find: 'this.book = settled(withEvents(this.rules, book, page));',
    replace: 'this.book = { ...book, head: book.head + page.length };',
  },
  {
    bug: 'batch decided on one and the same state',
    breaks: 'the hall is not overfilled',
    file: `${WRITER}/decide-batch.ts`,
    find: 'decideCommand(rules, book, entry.submission)',
    replace: 'decideCommand(rules, { ...book, state: start.state }, entry.submission)',
  },
  {
    bug: 'id reused for another request not noticed',
    breaks: 'an id is good for one request',
    file: `${WRITER}/settle.ts`,
    find: 'hash !== requestHash(entry.request)',
    replace: 'hash === null',
  },
  {
    bug: 'stream versions of a lost batch not taken back',
    breaks: 'streams count 1..n',
    file: `${WRITER}/stream-versions.ts`,
    find: 'last.position > head;',
    replace: 'last.position > Infinity;',
  },
  {
    bug: 'relay records before the acknowledgement',
    breaks: 'the topic is in order',
    file: `${RELAY}/lead-term.ts`,
    find: 'const baseOffset = await publisher.publish(partition, messages);',
    replace: `const baseOffset = this.nextOffsets[partition] ?? 0;
      publisher.publish(partition, messages).catch((error: unknown) => this.parts.observer.failed(error, 0));`,
  },
  {
    bug: 'relay publishes the requests of a page in the wrong order',
    breaks: 'the topic is in order',
    file: `${RELAY}/lead-term.ts`,
    find: 'requestsOf(page, { eventsMax: this.pace.requestEvents, bytesMax: this.pace.requestBytes })',
    replace:
      '[...requestsOf(page, { eventsMax: this.pace.requestEvents, bytesMax: this.pace.requestBytes })].reverse()',
  },
  {
    bug: 'relay records the head instead of what it published',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/lead-term.ts`,
    find: 'const to = after + page.length;',
    replace: 'const to = head;',
  },
  {
    bug: 'relay skips an event at the start of a page',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/lead-term.ts`,
    find: 'const messages = request.map(',
    replace: 'const messages = (request.length > 1 ? request.slice(1) : request).map(',
  },
  {
    bug: 'recreated topic not noticed at the start of a term',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/lead-term.ts`,
    find: 'for (const partition of await this.ends.damaged(extents)) await this.restartPartition(partition);',
    replace: '',
  },
  {
    bug: 'base offsets not checked',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/lead-term.ts`,
    find: 'if (!isWhole) throw',
    replace: 'if (!isWhole && expected < 0) throw',
  },
  {
    bug: 'recreated topic looked for by offsets alone',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/partition-ends.ts`,
    find: 'if (!reaches || !(await this.allAreThere(partition))) return false;',
    replace: 'if (!reaches) return false;',
  },
  {
    bug: 'only one ledger of a recreated partition published again',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/lead-term.ts`,
    find: 'if (partitionOf(ledger, this.partitions) === partition) await this.publishAgain(ledger, position);',
    replace: `if (partitionOf(ledger, this.partitions) === partition) return await this.publishAgain(ledger, position);`,
  },
  {
    bug: 'lease never given up after an error',
    breaks: 'the topic holds the whole ledger',
    file: `${RELAY}/lease-keeper.ts`,
    find: 'await this.progress.release();',
    replace: 'await this.progress.claim(1e9);',
  },
  {
    bug: 'consumer checks no gap',
    breaks: 'the read model is the fold of the ledger',
    file: PROJECTOR,
    find: 'if (first.position > standing.checkpoint.position + 1) {',
    replace: 'if (first.position < 0) {',
  },
  {
    bug: 'gap inside a delivery folded over',
    breaks: 'the read model is the fold of the ledger',
    file: PROJECTOR,
    find: 'return events.slice(0, Math.min(gap === -1 ? events.length : gap, limit));',
    replace: 'return events.slice(0, Math.min(gap === -1 ? events.length : events.length, limit));',
  },
  {
    bug: 'gap filled with a hole',
    breaks: 'the read model is the fold of the ledger',
    file: PROJECTOR,
    find: 'const range = { after: position, limit: this.batchSize };',
    replace: 'const range = { after: position + (upTo === Infinity ? 0 : 1), limit: this.batchSize };',
  },
  {
    bug: 'consumer drops nothing by position',
    breaks: 'the read model is the fold of the ledger',
    file: PROJECTOR,
    find: 'let rest = after(standing, offered);',
    replace: 'let rest = offered;',
  },
  {
    bug: 'consumer writes from a checkpoint read after its events were chosen',
    breaks: 'the read model is the fold of the ledger',
    file: PROJECTOR,
    find: 'const result = await this.tried(ledger, from, events);',
    replace: 'const result = await this.tried(ledger, await this.stored(ledger), events);',
  },
  {
    bug: 'retry with new ids after an unknown commit',
    breaks: 'an acknowledged command is in the ledger once, a rejected one never',
    file: `${WRITER}/flight.ts`,
    find: 'for (const entry of entries) entry.unsure = true;',
    replace:
      "for (const entry of entries) entry.submission = { ...entry.submission, commandId: entry.submission.commandId + 'x' };",
  },
  {
    bug: 'uncommitted transaction acknowledged under the lock',
    breaks: 'an acknowledged command is in the ledger once, a rejected one never',
    file: `${WRITER}/locked-transaction.ts`,
    find: "await client.query('commit');",
    replace: "if (result === undefined) await client.query('commit');",
  },
  {
    bug: 'incarnation ignored',
    breaks: 'the read model is the fold of the ledger',
    file: PROJECTOR,
    find: 'this.parts.incarnation !== undefined && this.parts.incarnation !== incarnation',
    replace: 'this.parts.incarnation === undefined && incarnation === undefined',
  },
];
