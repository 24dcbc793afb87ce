/** Rows for tests of the index: many, different in everything that is filtered and sorted by, and the same every time. */
import { summaryOf } from '../../core/record-summary.ts';
import { postRecord, productRecord } from '../../core/record.samples.ts';
import type { FigureNote, PostRecord, ProductRecord } from '../../core/record.ts';
import type { RefKey } from '../../core/ref.ts';
import type { KeptRecord } from '../../storage/database.ts';

/** Mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const observedAt = Date.UTC(2026, 10, 20);
const words = [
  'Rye',
  'rye',
  'Bread',
  '面包',
  '红烧茄子',
  'Ärger',
  'ångström',
  '10 ways',
  '9 ways',
  '',
  'ß',
  'SS',
  '穿搭',
];
const note = (precision: FigureNote['precision']): FigureNote => ({
  precision,
  source: precision === 'exact' ? 'statsV2' : 'api:other',
  observed_at: observedAt,
  fetched_at: observedAt,
});

export function kept(record: PostRecord | ProductRecord, more: Partial<KeptRecord> = {}): KeptRecord {
  const id = record.record_type === 'post' ? record.post_id : record.product_id;
  const ref: RefKey = `${record.platform}:${record.record_type}:${id}`;
  return { ref_key: ref, record, observation_count: 1, differences: [], ...more };
}

/** So many posts of eight authors on both platforms; a third of everything is not known. */
export function randomPosts(count: number, seed: number): readonly KeptRecord[] {
  const random = seeded(seed);
  const maybe = <Value>(make: () => Value): Value | null => (random() < 0.33 ? null : make());
  const below = (limit: number): number => Math.floor(random() * limit);
  const word = (): string => words[below(words.length)] ?? '';
  return Array.from({ length: count }, (_, index) => {
    const author = below(8);
    const views = maybe(() => below(6) * 100);
    return kept(
      postRecord({
        platform: random() < 0.4 ? 'douyin' : 'tiktok',
        post_id: String(7_500_000_000_000_000_000n + BigInt(below(1_000_000)) * 1_000n + BigInt(index)),
        caption: maybe(() => `${word()} ${word()}`),
        created_at: maybe(() => observedAt - below(90) * 86_400_000),
        view_count: views,
        like_count: maybe(() => below(50)),
        comment_count: maybe(() => below(5)),
        share_count: maybe(() => below(5)),
        save_count: maybe(() => below(5)),
        is_ad: maybe(() => random() < 0.5),
        hashtags: Array.from({ length: below(4) }, () => ({
          name: word() || 'x',
          id: null,
          origin: 'caption' as const,
        })),
        author_id: maybe(() => String(author)),
        author_handle: `person${author}`,
        author_follower_count: maybe(() => below(9)),
        figures: views === null ? {} : { view_count: note(random() < 0.5 ? 'exact' : 'rounded') },
      }),
      {
        observation_count: 1 + below(3),
        view_interval: maybe(() => ({
          earlier: { value: below(9), at: observedAt - 3_600_000 * (1 + below(5)) },
          later: { value: 10, at: observedAt },
        })),
      },
    );
  });
}

export function randomProducts(count: number, seed: number): readonly KeptRecord[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) =>
    kept(
      productRecord({
        product_id: String(3_514_000_000_000_000_000n + BigInt(index)),
        product_name: words[index % words.length] ?? null,
        price_minor: random() < 0.3 ? null : Math.floor(random() * 9_000),
        currency: 'CNY',
      }),
    ),
  );
}

export const summaries = (rows: readonly KeptRecord[]) => rows.map(summaryOf);
