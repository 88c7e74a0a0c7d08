export * from './body-codec.ts';
export { schemaVersionOf } from './upcasters.ts';
