import { readConfig } from './config.ts';
import { opsApi } from './ops-api.ts';

const config = readConfig(process.env);
const app = await opsApi(config);
app.enableShutdownHooks([], { useProcessExit: true });
await app.listen(config.port, config.host);
