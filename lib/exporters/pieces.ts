/** The bytes of a file, in pieces worth putting away: exporters may give it a line at a time. */

const pieceBytes = 1_000_000;
/** A UTF-16 unit takes at most so many bytes in UTF-8. */
const mostBytesOfUnit = 3;

/**
 * What an exporter gives, as UTF-8, in pieces of about a million bytes. Half a surrogate pair becomes U+FFFD.
 *
 * Lines are encoded one by one: where one of many has a Chinese letter, the browser keeps them all as two-byte text once they
 * are joined, and a `Blob` of it takes a quarter longer (Chromium 156, 2026-11-22).
 */
export async function* inPieces(
  chunks: Iterable<string | Uint8Array<ArrayBuffer>> | AsyncIterable<string | Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  for await (const chunk of chunks) {
    const most = typeof chunk === 'string' ? chunk.length * mostBytesOfUnit : chunk.length;
    if (filled + most > piece.length) {
      if (filled > 0) yield piece.subarray(0, filled);
      piece = new Uint8Array(Math.max(most, pieceBytes));
      filled = 0;
    }
    if (typeof chunk === 'string') {
      filled += encoder.encodeInto(chunk, piece.subarray(filled)).written;
    } else {
      piece.set(chunk, filled);
      filled += chunk.length;
    }
  }
  if (filled > 0) yield piece.subarray(0, filled);
}
