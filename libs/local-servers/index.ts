/** A real PostgreSQL and a real Kafka on this machine, that live and die with the process that starts them. */
export * from './errors.ts';
export { projectFolder } from './project-folder.ts';
export { freePort } from './free-port.ts';
export { fetchKafka, type FetchedKafka } from './kafka/fetch-kafka.ts';
export type { KafkaListener } from './kafka/server-properties.ts';
export { startKafka, type KafkaOptions, type LocalKafka } from './kafka/start-kafka.ts';
export { startKafkaCluster, type ClusterBroker, type KafkaCluster } from './kafka/start-cluster.ts';
export { startPostgres, type LocalPostgres, type PostgresOptions } from './postgres/start-postgres.ts';
export { startThrowAwayServers, type ThrowAwayServers } from './throw-away-servers.ts';
