/** What specs stand on: a database and a topic of their own on real servers. Imported by specs only. */
export { createTestDatabase, type TestDatabase } from './test-database.ts';
export { createTestTopic, type TestTopic } from './test-topic.ts';
export { MissingTestServerError } from './environment.ts';
export { isAlive, killTree, processTree } from './process-tree.ts';
export { TradingClient, type TradingHabits } from './trading-client.ts';
export { type Operation, type SeenEvent, violationsOf } from './trading-history.ts';
export { type Direction, TcpProxy } from './tcp-proxy.ts';
export { Chance } from './simulation/chance.ts';
export { MountRefused, SmallDisk } from './small-disk.ts';
export { brokenTrades } from './trading-conservation.ts';
