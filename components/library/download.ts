/** Saves a file that the library's worker made through a link, as pages of the web do. */
import type { LibraryFile } from '../../lib/messaging/protocol.ts';

/** So long (ms) the file's memory is kept after the download began: browsers read it a moment later. */
const keepMs = 60_000;

/** Starts the download under the file's own name. */
export function download({ name, blob }: LibraryFile): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), keepMs);
}
