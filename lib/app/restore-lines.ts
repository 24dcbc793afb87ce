/** The lines of a backup's file, packed or not, as far as they can be read. */
import { AppError } from '../core/errors.ts';
import { linesOf, type TextLine } from '../importers/lines.ts';
import type { Progress } from '../messaging/library-models.ts';

/**
 * Packed bytes that are unpacked at once. Where the file is cut off the browser throws away what it has unpacked of the
 * last of them: the fewer they are, the more is saved.
 */
const piece = 4096;

async function* packedPieces(source: Blob, progress: (progress: Progress) => void): AsyncGenerator<BlobBytes> {
  let done = 0;
  const reader = source.stream().getReader();
  try {
    for (;;) {
      const { value } = await reader.read();
      if (!value) return;
      for (let start = 0; start < value.length; start += piece) yield value.subarray(start, start + piece);
      progress({ done: (done += value.length), total: source.size });
    }
  } finally {
    // Whoever stops early lets go of the file.
    await reader.cancel().catch(() => undefined);
  }
}

type BlobBytes = Uint8Array<ArrayBuffer>;

async function* textOf(source: Blob, progress: (progress: Progress) => void): AsyncGenerator<string> {
  const start = new Uint8Array(await source.slice(0, 2).arrayBuffer());
  const isPacked = start[0] === 0x1f && start[1] === 0x8b;
  const pieces = packedPieces(source, progress);
  const stream = new ReadableStream<BlobBytes>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => void (await pieces.return(undefined)),
    },
    { highWaterMark: 0 },
  );
  const reader = (isPacked ? stream.pipeThrough(new DecompressionStream('gzip')) : stream).getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { value } = await reader.read();
      const text = decoder.decode(value ?? new Uint8Array(), { stream: value !== undefined });
      if (text !== '') yield text;
      if (!value) return;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/**
 * The lines that are not empty, and null behind the last of a file that is whole; where it is cut off or damaged they end
 * without it. Throws AppError `unsupported` where not one can be read.
 */
export async function* backupLines(
  source: Blob,
  progress: (progress: Progress) => void,
): AsyncGenerator<TextLine | null> {
  let isBegun = false;
  try {
    for await (const line of linesOf(textOf(source, progress))) {
      if (line.text.trim() === '') continue;
      isBegun = true;
      yield line;
    }
    yield null;
  } catch {
    if (!isBegun) throw new AppError('unsupported', 'The file cannot be read.', { advice: 'error_restore_damaged' });
  }
}
