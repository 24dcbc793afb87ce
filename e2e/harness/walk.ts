/** What a walk through the sandbox must have brought, whichever browser went it. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ExportedFile, PageView } from '../../lib/messaging/protocol.ts';
import type { World, WorldPost } from '../../sandbox/index.ts';
import { plantedIn, readCsv, type Row } from './reading.ts';
import { eventually } from './session.ts';

export const refOf = (post: WorldPost): string => `${post.platform}:post:${post.id}`;

/** "12,589", as figures are written in English. */
export const grouped = (value: number): string => new Intl.NumberFormat('en').format(value);

/** The posts of a page's list, and whether all that was shown stands in front, each once, ranked from 1. */
export function expectList(view: PageView | null, order: readonly WorldPost[], atLeast: number): readonly string[] {
  const entries = view?.entries ?? [];
  const refs = entries.map(({ ref }) => ref);
  expect(new Set(refs).size).toBe(refs.length);
  const listed = entries.filter(({ role }) => role === 'card' || role === 'tile');
  expect(listed.length).toBeGreaterThanOrEqual(atLeast);
  const expected = order.slice(0, listed.length).map(refOf);
  expect(listed.map(({ ref }) => ref)).toEqual(expected);
  expect(listed.map(({ rank }) => rank)).toEqual(expected.map((_ref, index) => index + 1));
  expect(entries.slice(0, listed.length)).toEqual(listed);
  for (const entry of entries) {
    if (entry.role !== 'card' && entry.role !== 'tile') expect([entry.ref, entry.rank]).toEqual([entry.ref, null]);
  }
  const without = entries.flatMap(({ hasData }, index) => (hasData ? [] : [index]));
  expect([without.length, ...without.slice(0, 5)]).toEqual([0]);
  return refs;
}

const text = (value: number | null): string => (value === null ? '' : String(value));

/** The row of a post whose list answer was seen: the world's exact figures, and where it was met. */
export function expectRow(row: Row | undefined, post: WorldPost, met: Readonly<Record<string, unknown>>): void {
  const { counts, author } = post;
  expect(row).toMatchObject({
    platform: post.platform,
    post_id: post.id,
    post_type: post.kind,
    caption: post.caption,
    view_count: text(counts.plays),
    like_count: text(counts.likes),
    comment_count: text(counts.comments),
    share_count: text(counts.shares),
    save_count: text(counts.saves),
    created_at_unix: String(post.createdAt),
    author_id: author.uid,
    author_sec_id: author.secUid,
    author_name: author.name,
    music_id: post.music.id,
    duration_s: expect.stringMatching(post.kind === 'photo' ? /^0?$/u : new RegExp(`^${post.durationMs / 1000}$`, 'u')),
    availability: 'ok',
    api_provider: '',
    ...met,
  });
}

export interface Exported {
  readonly files: readonly ExportedFile[];
  /** All rows of the tables whose file names hold this word ("posts"). */
  readonly rows: (table: string) => Row[];
  readonly text: string;
}

/** Runs an export, and reads what came into the folder of downloads; nothing of the researcher may be in it. */
export async function exported(
  downloads: string,
  world: World,
  run: () => Promise<readonly ExportedFile[]>,
): Promise<Exported> {
  for (const name of readdirSync(downloads)) rmSync(join(downloads, name));
  const files = await run();
  const names = await eventually(
    async () => readdirSync(downloads).sort(),
    // Firefox makes a file first and fills it then.
    (found) =>
      found.length === files.length &&
      found.every((name) => name.endsWith('.csv') && statSync(join(downloads, name)).size > 0),
    20_000,
  );
  expect(names).toEqual(files.map(({ name }) => name).sort());
  const contents = new Map(names.map((name) => [name, readFileSync(join(downloads, name))]));
  const all = [...contents.values()].map((bytes) => bytes.toString('utf8')).join('\n');
  expect(plantedIn(all, world.viewer)).toEqual([]);
  return {
    files,
    text: all,
    rows: (table) =>
      [...contents].filter(([name]) => name.includes(`_${table}_`)).flatMap(([, bytes]) => readCsv(bytes)),
  };
}
