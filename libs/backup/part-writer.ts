import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { pagesFileOf } from './begun-export.ts';
import type { Counts, CopiedRecord } from './ledger-copy.ts';
import type { Beginning } from './read-file.ts';
import { lineOf, type LedgerRecord } from './records.ts';

/** Writes the lines of an export, and after each page beside them how far they are whole. */
export class PartWriter {
  private constructor(
    private readonly part: FileHandle,
    private readonly pages: FileHandle,
    private readonly digest: Hash,
    private readonly counts: { -readonly [Name in keyof Counts]: number },
    private bytes: number,
  ) {}

  /** Begins `part` anew. */
  static async begin(part: string, ledger: LedgerRecord): Promise<PartWriter> {
    const counts = { actors: 0, events: 0, commands: 0 };
    const [lines, pages] = [await open(part, 'w', 0o600), await open(pagesFileOf(part), 'w', 0o600)];
    const writer = new PartWriter(lines, pages, createHash('sha256'), counts, 0);
    await writer.append(`${lineOf(ledger)}\n`);
    return writer;
  }

  /** Goes on behind `beginning`. */
  static async goOn(part: string, { digest, counts, bytes }: Beginning): Promise<PartWriter> {
    const [lines, pages] = [await open(part, 'a'), await open(pagesFileOf(part), 'a')];
    return new PartWriter(lines, pages, digest, { ...counts }, bytes);
  }

  async write(page: readonly CopiedRecord[]): Promise<void> {
    if (page.length === 0) return;
    await this.append(`${page.map(lineOf).join('\n')}\n`);
    for (const { kind } of page) this.counts[`${kind}s`] += 1;
    await this.pages.appendFile(`${this.bytes} ${this.digest.copy().digest('hex')}\n`);
  }

  /** Writes the last line, and sees it to the disk. */
  async end(): Promise<void> {
    const sha256 = this.digest.copy().digest('hex');
    await this.part.appendFile(`${lineOf({ kind: 'end', ...this.counts, sha256 })}\n`);
    await this.part.sync();
  }

  async close(): Promise<void> {
    await Promise.all([this.part.close(), this.pages.close()]);
  }

  private async append(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    await this.part.appendFile(bytes);
    this.digest.update(bytes);
    this.bytes += bytes.length;
  }
}
