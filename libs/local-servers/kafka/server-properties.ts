export interface KafkaPorts {
  readonly port: number;
  readonly controllerPort: number;
}

/** One more way to a broker: it listens on `port` and tells clients who come that way to call `advertisedPort`. */
export interface KafkaListener {
  /** Capital letters. */
  readonly name: string;
  readonly port: number;
  readonly advertisedPort: number;
}

export interface KafkaNode extends KafkaPorts {
  /** From 1. */
  readonly nodeId: number;
  /** Controller ports of all nodes of the cluster, this one's included, in the order of their ids. */
  readonly quorum: readonly number[];
  readonly listeners: readonly KafkaListener[];
}

const HOST = '127.0.0.1';

/** A broker that is a KRaft controller as well, on 127.0.0.1 only; it deletes nothing by itself. */
export function serverProperties(logFolder: string, node: KafkaNode): string {
  return lines({
    'process.roles': 'broker,controller',
    'node.id': String(node.nodeId),
    'controller.quorum.voters': node.quorum.map((port, index) => `${index + 1}@${HOST}:${port}`).join(),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    ...listening(node),
    'log.dirs': logFolder,
    'auto.create.topics.enable': 'false',
    // The default deletes by message time: a story of last year would be gone within seconds.
    'log.retention.ms': '-1',
    'log.retention.bytes': '-1',
    // The default refuses message times an hour ahead, which a simulated ledger may have.
    'log.message.timestamp.after.max.ms': '9223372036854775807',
    'num.partitions': '12',
    'offsets.topic.num.partitions': '12',
    'transaction.state.log.num.partitions': '4',
    ...copies(node.quorum.length),
    ...(node.quorum.length > 1 ? AMONG_OTHERS : {}),
    'group.initial.rebalance.delay.ms': '0',
  });
}

const AMONG_OTHERS = {
  // The default lets the partitions of a dead broker wait 9 s for another leader.
  'broker.session.timeout.ms': '3000',
  'broker.heartbeat.interval.ms': '500',
  // The default is half of the heap that each of several brokers on one machine gets.
  'log.cleaner.dedupe.buffer.size': String(8 * 1024 * 1024),
};

function listening({ port, controllerPort, listeners }: KafkaNode): Readonly<Record<string, string>> {
  const clients = [{ name: 'PLAINTEXT', port, advertisedPort: port }, ...listeners];
  const controller = { name: 'CONTROLLER', port: controllerPort };
  return {
    listeners: [...clients, controller].map(({ name, port: own }) => `${name}://${HOST}:${own}`).join(),
    'advertised.listeners': clients.map(({ name, advertisedPort }) => `${name}://${HOST}:${advertisedPort}`).join(),
    'listener.security.protocol.map': [...clients, controller].map(({ name }) => `${name}:PLAINTEXT`).join(),
  };
}

/** Up to three copies of everything; with three, a write is acknowledged when two have it, so that one may be lost. */
function copies(nodes: number): Readonly<Record<string, string>> {
  const replicas = String(Math.min(3, nodes));
  const inSync = nodes >= 3 ? '2' : '1';
  return {
    'default.replication.factor': replicas,
    'min.insync.replicas': inSync,
    'offsets.topic.replication.factor': replicas,
    'transaction.state.log.replication.factor': replicas,
    'transaction.state.log.min.isr': inSync,
    'share.coordinator.state.topic.replication.factor': replicas,
    'share.coordinator.state.topic.min.isr': inSync,
  };
}

function lines(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
