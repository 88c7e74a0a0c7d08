export * from './canonical-json.ts';
export * from './day.ts';
export * from './decider.ts';
export * from './domain-error.ts';
export * from './event.ts';
export * from './ids.ts';
export * from './persistent-map.ts';
export * from './unknown-event-type.ts';
