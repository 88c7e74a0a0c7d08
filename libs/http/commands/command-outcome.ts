import type { FastifyInstance } from 'fastify';
import type { CommandAnswer, CommandPreview } from '#libs/event-store';
import { Problem } from '../problem/problem.ts';
import type { Rejected } from './changes-since.ts';

type Accepted = Extract<CommandAnswer, { readonly outcome: 'accepted' }>;

/** An accepted command on its way to its answer. */
export class CommandOutcome {
  constructor(
    readonly answer: Accepted,
    readonly replayed: boolean,
    /** The path of what was made, where it can be read. */
    readonly location: string | undefined,
  ) {}
}

/** What a command would do, had it not been a dry run. */
export interface PreviewAnswer {
  readonly dryRun: true;
  /** The head that it was decided on. */
  readonly position: number;
  readonly events: readonly { readonly type: string; readonly stream: string; readonly data: object }[];
}

/** Throws the {@link Problem} that a rejection's code stands for. */
export function previewOf(preview: CommandPreview | Rejected): PreviewAnswer {
  if (preview.outcome === 'rejected') throw new Problem(preview.code, { fields: preview.fields });
  const events = preview.events.map(({ type, stream, data }) => ({ type, stream, data }));
  return { dryRun: true, position: preview.position, events };
}

/** The outcome to answer with. Throws the {@link Problem} that a rejection's code stands for; the same again on a repeat. */
export function outcomeOf(
  { answer, replayed }: { readonly answer: Accepted | Rejected; readonly replayed: boolean },
  location?: string,
): CommandOutcome {
  if (answer.outcome === 'rejected') throw new Problem(answer.code, { fields: answer.fields, replayed });
  return new CommandOutcome(answer, replayed, location);
}

/**
 * Says outcomes in HTTP: the command's events as the body, the rest as headers. A hook of Fastify, as an interceptor of Nest takes a request
 * through some ten operators of rxjs and as many promises: a tenth of what a command cost.
 */
export function tellOutcomes(fastify: FastifyInstance): void {
  fastify.addHook('preSerialization', (_request, reply, payload, done) => {
    if (isPreview(payload)) reply.status(200);
    if (!(payload instanceof CommandOutcome)) return done(null, payload);
    const { position, version, events } = payload.answer;
    reply.header('etag', `"v${version}"`);
    if (payload.replayed) reply.header('idempotency-replayed', 'true');
    if (payload.location !== undefined) reply.header('location', payload.location);
    done(null, { position, version, events });
  });
}

function isPreview(payload: unknown): payload is PreviewAnswer {
  return typeof payload === 'object' && payload !== null && 'dryRun' in payload;
}
