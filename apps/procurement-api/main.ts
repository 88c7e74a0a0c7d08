import { readConfig } from './config.ts';
import { procurementApi } from './procurement-api.ts';

const config = readConfig(process.env);
const app = await procurementApi(config);
app.enableShutdownHooks([], { useProcessExit: true });
await app.listen(config.port, config.host);
