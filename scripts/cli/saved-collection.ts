/** Reads files in which other programs, or Clipscope itself, keep a collection: through the importers of the library. */
import type { AnyRecord } from '../../lib/core/record.ts';
import { headLength, type Importer, type ImportContext } from '../../lib/importers/importer.ts';
import { importerFor } from '../../lib/importers/index.ts';
import { readList } from '../../lib/sites/list-input.ts';
import { pageContext } from '../../lib/sites/page-context.ts';

export interface Collection {
  readonly records: readonly AnyRecord[];
  /** In words for people, with their lines. */
  readonly problems: readonly string[];
}

/** The importer of a text that is a collection and no answer of an API; null for anything else. */
export function collectionImporter(text: string): Importer | null {
  const importer = importerFor({ text: text.slice(0, headLength), isWhole: text.length <= headLength });
  // Lists hold no records; what the Research API answered is read like any other answer, but not its tables.
  if (importer?.id === 'id-list' || (importer?.id === 'tiktok-research' && /^\s*[[{]/u.test(text))) return null;
  return importer;
}

function contextOf(fetchedAt: number): ImportContext {
  return {
    fetchedAt,
    readRefs: (cell) => ({ refs: readList(cell, { numbers: null }).refs, reason: null }),
    pageContext: (url) => pageContext(new URL(url)),
  };
}

/** Everything in a collection. `fetchedAt`: Unix ms, for what has no time of its own. */
export async function readCollection(importer: Importer, text: string, fetchedAt: number): Promise<Collection> {
  const records: AnyRecord[] = [];
  const problems: string[] = [];
  async function* whole(): AsyncGenerator<string> {
    yield text;
  }
  for await (const event of importer.read(whole(), contextOf(fetchedAt))) {
    if (event.kind === 'item') records.push(...event.observations.map(({ record }) => record));
    else {
      const what = event.message.replace(/^import_/u, '').replaceAll('_', ' ');
      problems.push(`line ${event.line}: ${[what, ...event.parameters].join(': ')}`);
    }
  }
  return { records, problems };
}
