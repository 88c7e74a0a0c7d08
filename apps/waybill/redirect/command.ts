import { createHash } from 'node:crypto';
import { canonicalJson } from '#libs/kernel';
import type { Answer } from '../api/answer.ts';
import { UnexpectedAnswer } from '../api/errors.ts';
import { WaybillClient } from '../api/waybill-client.ts';
import { ledgerOption, urlOption } from '../cli/options.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { Books } from './books.ts';
import { consequencesOf } from './consequences.ts';
import type { Proposal } from './proposal.ts';
import { askedFor } from './request.ts';
import { proposalWords, refusalWords, type Refusal } from './words.ts';

/** `waybill redirect`: says what a redirection would do and, unless it is a dry run, proposes it; 1 when it is refused. */
export const runRedirect: RunSubcommand = async (args, { config, out }) => {
  const ledger = ledgerOption(args);
  const { actor, body, isDryRun } = askedFor(args);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const path = `/v1/ledgers/${ledger}/redirections`;
  const propose = async (query: string) =>
    outcomeOf(path, await client.post(actor, path + query, keyOf([ledger, actor, body]), body));
  const say = (words: readonly string[], facts: object) =>
    void out.write(`${args.values['json'] === true ? JSON.stringify(facts) : words.join('\n')}\n`);

  const preview = await propose('?dryRun=true');
  if ('refusal' in preview) return (say(refusalWords(preview.refusal), { isDryRun, ...preview }), 1);
  const { position } = preview.answer as { readonly position: number };
  const proposal = proposalIn(preview.answer);
  const consequences = await consequencesOf(proposal, new Books(client, ledger, position));
  const words = proposalWords(proposal, consequences);
  const facts = { isDryRun, decidedAt: position, ...proposal, consequences };
  if (isDryRun) return (say([`decided at position ${position}, a dry run: nothing is written`, ...words], facts), 0);

  const made = await propose('');
  if ('refusal' in made) return (say(refusalWords(made.refusal), { isDryRun, ...made }), 1);
  const proposed = made.answer as { readonly position: number };
  say([`proposed as ${body.redirectionId} at position ${proposed.position}`, ...words], { ...facts, ...proposed });
  return 0;
};

/** Not for this person, unknown to them, or against a rule: what a proposal is refused with. */
const REFUSED: ReadonlySet<number> = new Set([403, 404, 409]);

function outcomeOf(path: string, answer: Answer): { readonly answer: unknown } | { readonly refusal: Refusal } {
  if (REFUSED.has(answer.status) && answer.body !== null) return { refusal: answer.body as Refusal };
  if (answer.status >= 300) throw new UnexpectedAnswer('POST', path, answer);
  return { answer: answer.body };
}

function proposalIn(preview: unknown): Proposal {
  const { events } = preview as { readonly events: readonly { readonly type: string; readonly data: unknown }[] };
  const { legs, parties } = events.find(({ type }) => type === 'RedirectionProposed')?.data as Proposal;
  return { legs, parties };
}

/** The same for the same proposal, so that saying it again proposes nothing twice. */
function keyOf(content: unknown): string {
  return `redirect:${createHash('sha256').update(canonicalJson(content)).digest('hex')}`;
}
