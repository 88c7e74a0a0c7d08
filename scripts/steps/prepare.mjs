import { buildWhenChanged } from './build.mjs';
import { fetchKafkaJars } from './kafka.mjs';
import { installPackages } from './packages.mjs';
import { step } from './project.mjs';

/** Packages, build, Kafka's jars: each only when needed. `kafka: 'optional'` goes on without Java or Maven, saying so. */
export async function prepare({ kafka }) {
  await step('Packages (npm ci)', installPackages);
  await step('Build', buildWhenChanged);
  await step('Apache Kafka', kafka === 'optional' ? kafkaIfPossible : fetchKafkaJars);
}

async function kafkaIfPossible() {
  if (process.env.KAFKA_BROKERS) return 'not needed: KAFKA_BROKERS is set';
  try {
    return await fetchKafkaJars();
  } catch (error) {
    if (error.code !== 'SERVER_TOOL_MISSING') throw error;
    return `off. ${error.message}`;
  }
}
