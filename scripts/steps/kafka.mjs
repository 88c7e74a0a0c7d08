import { inProject } from './project.mjs';

/** Fetches Kafka's jars; throws SERVER_TOOL_MISSING when Java or Maven is. */
export async function fetchKafkaJars() {
  const { fetchKafka } = await import(inProject('dist', 'libs', 'local-servers', 'index.js'));
  const { fetched } = await fetchKafka();
  return fetched ? 'fetched by Maven' : 'up to date';
}
