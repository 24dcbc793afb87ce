/** The part of the export bench that runs in a page of the extension, against the browser's own database. */
import { storedRows } from '../lib/app/library/write-table.ts';
import { createPseudonyms } from '../lib/app/pseudonymise.ts';
import { writeExport } from '../lib/app/write-export.ts';
import { defaultExportChoices } from '../lib/core/export-choices.ts';
import type { RefKey } from '../lib/core/ref.ts';
import { eachChunk } from '../lib/storage/chunks.ts';
import { connectData } from '../lib/storage/database.ts';

const rowsAtOnce = 2_000;

async function postRefs(): Promise<readonly RefKey[]> {
  const database = await connectData()();
  const keys = await database.getAllKeys('records');
  return keys.filter((key) => key.split(':')[1] === 'post') as RefKey[];
}

/** The least that could be done: the same rows read from the database, and dropped. */
export async function bare(): Promise<{ readonly ms: number; readonly rows: number }> {
  const database = await connectData()();
  const begun = performance.now();
  let rows = 0;
  for (const platform of ['douyin', 'tiktok']) {
    const [from, to] = [`${platform}:post:`, `${platform}:post;`];
    const read = (after: string) => database.getAll('records', IDBKeyRange.bound(after, to, true), rowsAtOnce);
    for await (const some of eachChunk(read, from, ({ ref_key: ref }) => ref as string, rowsAtOnce))
      rows += some.length;
  }
  return { ms: performance.now() - begun, rows };
}

/** Ms from the click to the file's bytes being there, in the library's own order; the download begins at once. */
export async function write(
  format: string,
): Promise<{ readonly name: string; readonly size: number; readonly ms: number }> {
  const refs = await postRefs();
  const database = await connectData()();
  const begun = performance.now();
  const { files } = await writeExport(
    {
      choices: { ...defaultExportChoices, format, tables: ['post'] },
      refs,
      now: Date.now(),
      timeZone: 'UTC',
      extensionVersion: '0',
      projectName: '',
      pseudonyms: createPseudonyms('5a'.repeat(32)),
    },
    storedRows(database, 'default'),
  );
  const [file] = files;
  if (!file) throw new Error('no file');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file.blob);
  link.download = file.name;
  link.click();
  return { name: file.name, size: file.blob.size, ms: performance.now() - begun };
}
