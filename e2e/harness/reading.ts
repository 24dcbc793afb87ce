/** What the extension has written, read by code that shares nothing with it. */
import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import type { WorldViewer } from '../../sandbox/index.ts';
import { viewerMarks } from '../../sandbox/pages/douyin-data.ts';

export type Row = Readonly<Record<string, string>>;

/** Python's csv module is the reader that shares nothing with our writer. */
export function readCsv(csv: Buffer): Row[] {
  const program = `
import csv, io, json, sys
csv.field_size_limit(10**9)
text = sys.stdin.buffer.read().decode("utf-8-sig")
print(json.dumps(list(csv.DictReader(io.StringIO(text, newline=""), strict=True))))`;
  const { stdout, stderr, status } = spawnSync('python3', ['-c', program], {
    input: csv,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Row[];
}

/** Everything in the extension's databases, as one text per database; raw texts unpacked. Called in a page of the extension. */
export async function databaseTexts(page: Page): Promise<Readonly<Record<string, string>>> {
  return page.evaluate(async () => {
    const result = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('no reason')));
      });
    const unpacked = async (row: unknown): Promise<unknown> => {
      const deflated: unknown = Object(row).deflated;
      if (!(deflated instanceof Uint8Array)) return row;
      const stream = new Blob([new Uint8Array(deflated)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
      return { ...Object(row), deflated: deflated.length, raw: await new Response(stream).text() };
    };
    const texts: Record<string, string> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await result(indexedDB.open(name));
      const stores: Record<string, unknown> = {};
      for (const store of database.objectStoreNames) {
        const rows = await result(database.transaction(store).objectStore(store).getAll());
        stores[store] = await Promise.all(rows.map(unpacked));
      }
      database.close();
      texts[name] = JSON.stringify(stores);
    }
    return texts;
  });
}

/** Everything that would tell who was logged in, or that they were: none of it may be kept or exported. */
export function plantedIn(text: string, viewer: WorldViewer): string[] {
  const planted = [...Object.values(viewer), ...Object.values(viewerMarks), 'plantedNonce'];
  const flags = /\\*"(?:digged|collected|user_digged|collect_stat|userDigged|collectStat)\\*":/u.exec(text);
  return [...planted.filter((secret) => text.includes(secret)), ...(flags ? [flags[0]] : [])];
}
