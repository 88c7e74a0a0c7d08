export * from './body-codec.ts';
export * from './cloud-event-errors.ts';
export * from './cloud-event-message.ts';
export * from './cloud-events.ts';
export * from './event-schemas.ts';
export * from './event-version-unknown.ts';
export * from './events-topic.ts';
export * from './async-api.ts';
export { schemaVersionOf } from './upcasters.ts';
