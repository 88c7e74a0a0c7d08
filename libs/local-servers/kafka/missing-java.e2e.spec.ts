import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const BUILT = path.resolve(import.meta.dirname, '..', '..', '..', 'dist', 'libs', 'local-servers', 'index.js');

it('names Java and how to get it, on a machine without', async () => {
  const script = `import { fetchKafka } from ${JSON.stringify(BUILT)};
    await fetchKafka().catch(({ code, tool, remedy }) => console.log(JSON.stringify({ code, tool, remedy })));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: '/nonexistent' },
  });
  expect(JSON.parse(stdout)).toEqual({
    code: 'SERVER_TOOL_MISSING',
    tool: 'Java (java)',
    remedy: expect.stringContaining('Install a JDK 17'),
  });
});
