/** ZIP archives that are written as their contents come. */
import { AppError } from '../core/errors.ts';

type Chunk = string | Uint8Array<ArrayBuffer>;

export interface ZipEntry {
  readonly path: string;
  readonly chunks: Iterable<Chunk> | AsyncIterable<Chunk>;
  /** What it holds is compressed already: it is stored as it is. */
  readonly isPacked?: true;
}

/** What 32 bits hold, less what the directory at the end needs. */
const maximumBytes = 2 ** 32 - 2 ** 20;

/** Number of the method "deflate" (APPNOTE.TXT 6.3.10, 4.4.5). */
const deflate = 8;

/**
 * An archive of these entries, one after the other. `now`: Unix ms, the time that every entry has. Neither an entry nor the
 * archive may have 4 GiB or more, since records of ZIP64 are not written: throws AppError `unsupported` there.
 */
export async function* zipOf(
  entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>,
  now: number,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { Zip, ZipPassThrough } = await import('fflate');
  /** What comes in is summed up by fflate and deflated by the platform, in less than half of fflate's time. */
  class Deflated extends ZipPassThrough {
    override compression = deflate;
    private readonly stream = new CompressionStream('deflate-raw');
    private readonly input = this.stream.writable.getWriter();
    /** Resolves once what was pushed is deflated. */
    taken: Promise<void> = Promise.resolve();
    readonly passed = this.pass();

    protected override process(chunk: Uint8Array, final: boolean): void {
      this.taken = final ? this.input.close() : this.input.write(new Uint8Array(chunk));
    }

    private async pass(): Promise<void> {
      const output = this.stream.readable.getReader();
      for (;;) {
        const { done, value } = await output.read();
        this.ondata(null, value ?? new Uint8Array(), done);
        if (done) return;
      }
    }
  }
  const encoder = new TextEncoder();
  const ready: Uint8Array<ArrayBuffer>[] = [];
  let written = 0;
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    written += chunk.length;
    if (chunk.length > 0) ready.push(new Uint8Array(chunk));
  });
  for await (const { path, chunks, isPacked } of entries) {
    const entry = isPacked ? new ZipPassThrough(path) : new Deflated(path);
    entry.mtime = now;
    zip.add(entry);
    for await (const chunk of chunks) {
      entry.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk);
      if (entry.size > maximumBytes || written > maximumBytes) {
        throw new AppError('unsupported', 'An archive without ZIP64 ends at 4 GiB.', {
          advice: 'error_export_zip_size',
        });
      }
      if (entry instanceof Deflated) await entry.taken;
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    if (entry instanceof Deflated) await entry.passed;
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready;
}
