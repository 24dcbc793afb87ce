import { clipscopeNdjson } from './clipscope-ndjson.ts';
import { idList } from './id-list.ts';
import type { Importer, ImportHead } from './importer.ts';
import { tiktokResearch } from './tiktok-research.ts';
import { zeeschuimer } from './zeeschuimer.ts';

/** Every format that can be imported, one line each; the more telling, the earlier it is tried. */
export const importers: readonly Importer[] = [clipscopeNdjson, zeeschuimer, tiktokResearch, idList];

/** The format of a file that begins so; null: none that is known. */
export function importerFor(head: ImportHead): Importer | null {
  return importers.find((importer) => importer.recognises(head)) ?? null;
}
