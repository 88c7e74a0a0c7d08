import type { CopiedRecord, LedgerCopy } from './ledger-copy.ts';
import { linesOfFile } from './lines.ts';
import { readExport, type FileContents } from './read-file.ts';
import { recordIn } from './records.ts';

/** The ledger in an export, after the whole file was checked. Throws {@link ExportRefused}. */
export async function copyOfFile(
  file: string,
  onRead?: (readBytes: number) => void,
): Promise<LedgerCopy & FileContents> {
  const contents = await readExport(file, onRead === undefined ? {} : { onRead });
  return {
    ...contents,
    async *pages() {
      for await (const { lines } of linesOfFile(file)) yield lines.map(recordIn).filter(isCopied);
    },
  };
}

function isCopied(record: ReturnType<typeof recordIn>): record is CopiedRecord {
  return record !== null && record.kind !== 'ledger' && record.kind !== 'end';
}
