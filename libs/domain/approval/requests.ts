import { DomainError, PersistentMap, type Day, type DecidedEvent, type Evidence, type Id } from '#libs/kernel';
import { laterDay, type Dated } from '../effective-day.ts';
import type { RequestableCommandType, RequestedCommand } from './commands.ts';
import type { CommandRequested, PolicyAdopted, RequestApproved, RequestRejected, RequestWithdrawn } from './events.ts';

export type RequestStatus = 'pending' | 'approved' | 'rejected' | 'withdrawn';

export interface CommandRequest extends Dated {
  readonly requestId: Id;
  /** Null: the group. */
  readonly companyId: Id | null;
  readonly status: RequestStatus;
  readonly command: RequestedCommand;
  /** The actor who asked, and the day, reason and evidence that were given. */
  readonly requestedBy: string;
  readonly effectiveAt: Day;
  readonly reason: string | null;
  readonly evidence: readonly Evidence[];
  /** The id of the command that decided it; null while it is pending. */
  readonly decidedBy: string | null;
}

export interface FourEyesState {
  /** The commands under four eyes, in order of name. */
  readonly commands: readonly RequestableCommandType[];
  readonly requests: PersistentMap<CommandRequest>;
}

export const noFourEyes: FourEyesState = { commands: [], requests: PersistentMap.empty() };

export type FourEyesEvent = PolicyAdopted | CommandRequested | RequestApproved | RequestRejected | RequestWithdrawn;

export function evolveFourEyes(state: FourEyesState, event: DecidedEvent<FourEyesEvent>): FourEyesState {
  const { type, data } = event;
  switch (type) {
    case 'PolicyAdopted':
      return { ...state, commands: data.fourEyes };
    case 'CommandRequested':
      return { ...state, requests: state.requests.set(data.requestId, requested(event)) };
    case 'RequestApproved':
      return concluded(state, event, 'approved');
    case 'RequestRejected':
      return concluded(state, event, 'rejected');
    case 'RequestWithdrawn':
      return concluded(state, event, 'withdrawn');
  }
}

/** The request; throws `REQUEST_UNKNOWN`. */
export function knownRequest({ requests }: FourEyesState, requestId: Id): CommandRequest {
  const request = requests.get(requestId);
  if (request === undefined) throw new DomainError('REQUEST_UNKNOWN', { requestId });
  return request;
}

/** Throws `REQUEST_NOT_PENDING` when it was decided or withdrawn. */
export function checkPending({ requestId, status }: CommandRequest): void {
  if (status !== 'pending') throw new DomainError('REQUEST_NOT_PENDING', { requestId, status });
}

function requested({ data, actor, effectiveAt, reason, evidence }: DecidedEvent<CommandRequested>): CommandRequest {
  const asked = { requestedBy: actor, effectiveAt, reason, evidence };
  return { ...data, ...asked, status: 'pending', decidedBy: null, lastEffectiveAt: effectiveAt };
}

function concluded(
  state: FourEyesState,
  {
    data: { requestId },
    commandId: decidedBy,
    effectiveAt,
  }: DecidedEvent<RequestApproved | RequestRejected | RequestWithdrawn>,
  status: RequestStatus,
): FourEyesState {
  const request = state.requests.get(requestId);
  if (request === undefined) return state;
  const lastEffectiveAt = laterDay(request.lastEffectiveAt, effectiveAt);
  return { ...state, requests: state.requests.set(requestId, { ...request, status, decidedBy, lastEffectiveAt }) };
}
