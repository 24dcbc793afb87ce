/** Writes what an exporter makes, as fast as the disk or the reader of a pipe takes it. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileError } from './input.ts';

/** Chunks that wait to be written: an exporter's are of up to some MB. */
const chunksAhead = 1;

/** A write error of the file system, and no other error that passed through the pipeline. */
function isOfSystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/**
 * Writes a file, or standard output (`-`). A file has its name only when it is whole: until then it is `<name>.part`, which
 * is gone when `chunks` throws.
 */
export async function writeOutput(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const readable = Readable.from(chunks, { objectMode: true, highWaterMark: chunksAhead });
  if (path === '-') {
    await pipeline(readable, process.stdout, { end: false });
    return;
  }
  const unfinished = `${path}.part`;
  try {
    await pipeline(readable, createWriteStream(unfinished));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw isOfSystem(error) ? fileError(path, error) : error;
  }
}
