/** The text of a file that somebody chose, as it is read: unpacked where it is packed, decoded, and counted. */
import { AppError } from '../core/errors.ts';
import type { Progress } from '../messaging/library-models.ts';

/** Characters of a pasted text that are handed on at once. */
const piece = 262_144;
/** Bytes that an encoding is recognised by. */
const looked = 65_536;

export interface ImportText {
  /** To be read once. Throws AppError `unsupported` and `bad_request`. */
  readonly chunks: AsyncIterable<string>;
  /** The first line, from 1, whose bytes are no text; null: none so far. */
  readonly damagedAt: () => number | null;
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** ZIP (also xlsx, ods), old Excel, 7z, RAR, Zstandard. */
function isArchive(bytes: Uint8Array): boolean {
  return (
    startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) ||
    startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0) ||
    startsWith(bytes, 0x37, 0x7a, 0xbc, 0xaf) ||
    startsWith(bytes, 0x52, 0x61, 0x72, 0x21) ||
    startsWith(bytes, 0x28, 0xb5, 0x2f, 0xfd)
  );
}

function encodingError(): AppError {
  return new AppError('unsupported', 'The file is neither UTF-8 nor UTF-16.', { advice: 'error_import_encoding' });
}

/** Whether most of what is not ASCII could not be decoded: another encoding, not a damaged character. */
function isMostlyBroken(text: string): boolean {
  const foreign = text.match(/[^\0-\x7F]/gu) ?? [];
  return foreign.filter((character) => character === '\uFFFD').length * 2 > foreign.length;
}

/** By its byte order mark, or else UTF-8, where its beginning is. Throws AppError `unsupported`. */
function encodingOf(beginning: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (startsWith(beginning, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(beginning, 0xfe, 0xff)) return 'utf-16be';
  if (isArchive(beginning))
    throw new AppError('unsupported', 'The file is an archive.', { advice: 'error_import_archive' });
  const some = beginning.subarray(0, looked);
  // No text has zeros in it but one of two bytes a character.
  if (some.includes(0) || isMostlyBroken(new TextDecoder().decode(some, { stream: true }))) throw encodingError();
  return 'utf-8';
}

/** The bytes of a stream. Throws AppError `bad_request` where it cannot be read to its end. */
async function* bytesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value.length > 0) yield value;
    }
  } catch {
    throw new AppError('bad_request', 'The file cannot be read to its end.', { advice: 'error_import_unreadable' });
  } finally {
    // Whoever stops early lets go of the file.
    await reader.cancel().catch(() => null);
  }
}

function counting(told: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  return new TransformStream({
    transform: (bytes, controller) => {
      told(bytes.length);
      controller.enqueue(bytes);
    },
  });
}

/** Counts lines up to the first bytes that are no text. */
class Damage {
  readonly #decoder: TextDecoder;
  #line = 1;
  isFound = false;

  constructor(encoding: string) {
    this.#decoder = new TextDecoder(encoding, { fatal: true });
  }

  look(bytes: Uint8Array, text: string): void {
    if (this.isFound) return;
    try {
      this.#decoder.decode(bytes, { stream: true });
    } catch {
      this.isFound = true;
    }
    const end = this.isFound ? text.indexOf('\uFFFD') : text.length;
    for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) this.#line += 1;
  }

  get line(): number | null {
    return this.isFound ? this.#line : null;
  }
}

/** Opens a file or a pasted text. Nothing is read before `chunks` is. */
export function openText(source: Blob | string, progress: (progress: Progress) => void): ImportText {
  let damage: Damage | null = null;

  async function* ofString(text: string): AsyncGenerator<string> {
    for (let start = 0; start < text.length; start += piece) {
      yield text.slice(start, start + piece);
      progress({ done: Math.min(start + piece, text.length), total: text.length });
    }
  }

  async function* ofBlob(blob: Blob): AsyncGenerator<string> {
    let done = 0;
    const told = (bytes: number): void => {
      done += bytes;
      progress({ done, total: blob.size });
    };
    const magic = new Uint8Array(
      await blob
        .slice(0, 2)
        .arrayBuffer()
        .catch(() => new ArrayBuffer(0)),
    );
    const stream = blob.stream().pipeThrough(counting(told));
    const isPacked = startsWith(magic, 0x1f, 0x8b);
    const bytes = bytesOf(isPacked ? stream.pipeThrough(new DecompressionStream('gzip')) : stream);
    let decoder: TextDecoder | null = null;
    for await (const chunk of bytes) {
      // Every source hands on more than a byte order mark at once.
      const encoding = decoder?.encoding ?? encodingOf(chunk);
      decoder ??= new TextDecoder(encoding);
      damage ??= new Damage(encoding);
      const text = decoder.decode(chunk, { stream: true });
      damage.look(chunk, text);
      if (text !== '') yield text;
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  }

  return {
    chunks: typeof source === 'string' ? ofString(source) : ofBlob(source),
    damagedAt: () => damage?.line ?? null,
  };
}
