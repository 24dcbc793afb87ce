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
  /**
   * What comes in is summed up by fflate and deflated by the platform, in less than half of fflate's time. Zip keeps every
   * entry to the end, with copies of all fields that it can see: what takes memory is in none of these, and gone by then.
   */
  class Deflated extends ZipPassThrough {
    override compression = deflate;
    #input: WritableStreamDefaultWriter<BufferSource> | null;
    #taken: Promise<void> = Promise.resolve();
    readonly #passed: Promise<void>;

    constructor(path: string) {
      super(path);
      const { writable, readable } = new CompressionStream('deflate-raw');
      this.#input = writable.getWriter();
      this.#passed = this.#pass(readable.getReader());
    }

    /** Resolves once what was pushed is deflated. */
    taken(): Promise<void> {
      return this.#taken;
    }

    /** Resolves once everything has come out. */
    async ended(): Promise<void> {
      await this.#passed;
      this.#input = null;
    }

    protected override process(chunk: Uint8Array, final: boolean): void {
      if (!this.#input) return;
      this.#taken = final ? this.#input.close() : this.#input.write(new Uint8Array(chunk));
    }

    async #pass(output: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<void> {
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
      if (entry instanceof Deflated) await entry.taken();
      yield* ready.splice(0);
    }
    entry.push(new Uint8Array(), true);
    if (entry instanceof Deflated) await entry.ended();
    yield* ready.splice(0);
  }
  zip.end();
  yield* ready;
}
