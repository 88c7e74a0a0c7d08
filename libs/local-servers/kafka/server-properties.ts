export interface KafkaPorts {
  readonly port: number;
  readonly controllerPort: number;
}

/** One broker that is its own KRaft controller, on 127.0.0.1 only; it deletes nothing by itself. */
export function serverProperties(logFolder: string, { port, controllerPort }: KafkaPorts): string {
  const listener = `PLAINTEXT://127.0.0.1:${String(port)}`;
  const controller = `127.0.0.1:${String(controllerPort)}`;
  return lines({
    'process.roles': 'broker,controller',
    'node.id': '1',
    'controller.quorum.voters': `1@${controller}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    listeners: `${listener},CONTROLLER://${controller}`,
    'advertised.listeners': listener,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logFolder,
    'auto.create.topics.enable': 'false',
    // The default deletes by message time: a story of last year would be gone within seconds.
    'log.retention.ms': '-1',
    'log.retention.bytes': '-1',
    // The default refuses message times an hour ahead, which a simulated ledger may have.
    'log.message.timestamp.after.max.ms': '9223372036854775807',
    'num.partitions': '12',
    'offsets.topic.num.partitions': '12',
    'offsets.topic.replication.factor': '1',
    'transaction.state.log.num.partitions': '4',
    'transaction.state.log.replication.factor': '1',
    'transaction.state.log.min.isr': '1',
    'share.coordinator.state.topic.replication.factor': '1',
    'share.coordinator.state.topic.min.isr': '1',
    'group.initial.rebalance.delay.ms': '0',
  });
}

function lines(properties: Readonly<Record<string, string>>): string {
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}
