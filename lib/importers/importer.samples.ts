/** For tests: how a file arrives, and what stands in for the layers that an importer does not see. */
import { parseRefKey, type RefKey } from '../core/ref.ts';
import type { ImportContext, Importer, ImportItem, ImportProblem } from './importer.ts';

/** A text in pieces of this many characters. */
export async function* inPieces(text: string, size = 4096): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

function refOf(text: string): RefKey | null {
  const post = /(?:video|photo)\/(\d{15,20})/u.exec(text)?.[1];
  if (post !== undefined) return `tiktok:post:${post}`;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed as one
  return parseRefKey(text) ? (text as RefKey) : null;
}

export const importContext: ImportContext = {
  fetchedAt: Date.UTC(2026, 8, 2),
  readRefs: (text) => {
    const ref = refOf(text.trim());
    if (ref) return { refs: [ref], reason: null };
    return { refs: [], reason: text.trim() === '' ? null : /^\d+$/u.test(text.trim()) ? 'number' : 'unknown' };
  },
  pageContext: (url) => {
    const query = new URL(url).searchParams.get('q');
    return { type: query === null ? 'other' : 'search', query, tab: null, personalised: query === null ? null : false };
  },
};

export interface ImportedText {
  readonly items: readonly ImportItem[];
  readonly problems: readonly ImportProblem[];
}

/** Everything that an importer makes of a text. */
export async function importText(importer: Importer, text: string, pieceSize?: number): Promise<ImportedText> {
  const items: ImportItem[] = [];
  const problems: ImportProblem[] = [];
  for await (const event of importer.read(inPieces(text, pieceSize), importContext)) {
    if (event.kind === 'item') items.push(event);
    else problems.push(event);
  }
  return { items, problems };
}
