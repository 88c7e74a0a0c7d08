import { createRequire } from 'node:module';

/**
 * Stops kafkajs 2.2.4's idle timers. Every connection there sets a timer that looks for throttled requests, and sets it
 * again when it fires, after `throttledUntil - now`: without throttling a negative delay, which is 1 ms, for ever.
 * With nothing pending there is nothing to look for: both places that add a pending request set the timer themselves.
 */
export function quietRequestQueues(): void {
  const prototype = RequestQueue.prototype;
  if (quieted.has(prototype)) return;
  quieted.add(prototype);
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function scheduleWhenPending(this: RequestQueueLike): void {
    if (this.pending.length > 0) schedule.call(this);
  };
}

interface RequestQueueLike {
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests: (this: RequestQueueLike) => void;
}

const RequestQueue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as {
  readonly prototype: RequestQueueLike;
};

const quieted = new WeakSet<RequestQueueLike>();
