import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ExportRefused } from './errors.ts';

/** Above any line that this project writes: a request and a body have at most 1 MiB each. */
export const LINE_BYTES_MAX = 16 * 1024 * 1024;

export interface LineChunk {
  /** Whole lines with their newlines, as they lie in the file. */
  readonly bytes: Buffer;
  readonly lines: readonly Buffer[];
}

/**
 * The lines of a file, gzipped or not, a piece at a time; `onRead` hears how many bytes of the file were read.
 * Memory stays below a few {@link LINE_BYTES_MAX} whatever the file
 * unpacks to. Throws {@link ExportRefused} when it cannot be unpacked, a line is longer, or the last one has no end.
 */
export async function* linesOfFile(file: string, onRead?: (readBytes: number) => void): AsyncGenerator<LineChunk> {
  const packed = createReadStream(file, { highWaterMark: 256 * 1024 });
  const source = (await isGzip(file)) ? unpacked(packed) : packed;
  const count = { lines: 0 };
  try {
    for await (const chunk of cut(source, count)) {
      onRead?.(packed.bytesRead);
      yield chunk;
    }
  } catch (error) {
    throw refusalOf(error, count.lines + 1);
  } finally {
    packed.destroy();
  }
}

async function* cut(source: Readable, count: { lines: number }): AsyncGenerator<LineChunk> {
  const rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of source as AsyncIterable<Buffer>) {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    if (restBytes + chunk.length - end > LINE_BYTES_MAX) throw tooLong(count.lines + 1);
    if (end > 0) {
      const bytes = Buffer.concat([...rest, chunk.subarray(0, end)]);
      const lines = splitLines(bytes);
      yield { bytes, lines };
      count.lines += lines.length;
      rest.length = 0;
      restBytes = 0;
    }
    rest.push(chunk.subarray(end));
    restBytes += chunk.length - end;
  }
  if (restBytes > 0) throw new ExportRefused('EXPORT_TRUNCATED', count.lines + 1, 'the file ends within a line');
}

const NEWLINE = 0x0a;

function splitLines(bytes: Buffer): readonly Buffer[] {
  const lines: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(NEWLINE, at);
    lines.push(bytes.subarray(at, end));
    at = end + 1;
  }
  return lines;
}

function unpacked(packed: Readable): Readable {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  packed.once('error', (error) => gunzip.destroy(error));
  return packed.pipe(gunzip);
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b;
  } finally {
    await handle.close();
  }
}

function tooLong(line: number): ExportRefused {
  return new ExportRefused('EXPORT_LINE_TOO_LONG', line, `more than ${LINE_BYTES_MAX} bytes`);
}

function refusalOf(error: unknown, line: number): unknown {
  const { code } = error as { readonly code?: unknown };
  if (code === 'Z_BUF_ERROR') return new ExportRefused('EXPORT_TRUNCATED', line, 'the packed file has no end');
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return new ExportRefused('EXPORT_DAMAGED', line, 'the file cannot be unpacked');
  }
  return error;
}
