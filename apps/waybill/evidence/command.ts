import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { WaybillClient } from '../api/waybill-client.ts';
import { ledgerOption, urlOption } from '../cli/options.ts';
import type { RunSubcommand } from '../cli/subcommand.ts';
import { UsageError } from '../cli/usage-error.ts';

/** `waybill evidence FILE`: what the file is evidence of, by its bytes, over HTTP, as the auditor sees it; 1 when of nothing. */
export const runEvidence: RunSubcommand = async (args, { config, out }) => {
  const ledger = ledgerOption(args);
  const file = args.positionals[0] ?? '';
  const sha256 = await sha256Of(file);
  const client = new WaybillClient({ url: urlOption(args, config) });
  const isJson = args.values['json'] === true;
  const asked = new URLSearchParams({ sha256, limit: '500' });
  let found = 0;
  for (;;) {
    const page = (await client.get('auditor', `/v1/ledgers/${ledger}/evidence?${asked.toString()}`)) as DocumentPage;
    for (const item of page.items) out.write(`${isJson ? JSON.stringify(item) : lineOf(item)}\n`);
    found += page.items.length;
    if (page.nextCursor === null) break;
    asked.set('cursor', page.nextCursor);
  }
  if (!isJson)
    out.write(`${found === 0 ? 'FAIL: ' : ''}${file}, SHA-256 ${sha256}: evidence of ${found} events of ${ledger}\n`);
  return found === 0 ? 1 : 0;
};

interface DocumentPage {
  readonly items: readonly Document[];
  readonly nextCursor: string | null;
}

interface Document {
  readonly position: number;
  readonly type: string;
  readonly stream: string;
  readonly effectiveAt: string;
  readonly uri: string;
}

/** In lower-case hex. Throws UsageError of a file that cannot be read. */
async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
  }
  return hash.digest('hex');
}

function lineOf({ position, effectiveAt, type, stream, uri }: Document): string {
  return `${String(position).padStart(8)}  ${effectiveAt}  ${type.padEnd(26)}  ${stream}  ${uri}`;
}
