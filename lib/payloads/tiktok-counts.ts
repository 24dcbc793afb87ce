/**
 * How exact TikTok's web figures are. `stats` rounds from 10,000 on: to the hundred, from 1 million to the hundred
 * thousand. `statsV2` (texts) is exact in the list answers of 2025, but equal to the rounded `stats` in the guest pages
 * of 2025 and 2026. Saves are exact even there, so they do not tell how exact the others are.
 */
import type { Reading } from '../core/record-factory.ts';
import type { Precision } from '../core/record.ts';
import { absent, at, countOf, isObject, valueOf } from './reading.ts';

const roundedFrom = 10_000;

/** The names of one block's figures: those that are rounded together. */
interface Block {
  readonly exact: string;
  readonly rounded: string;
  readonly telling: readonly string[];
}

export const postCounts: Block = {
  exact: 'statsV2',
  rounded: 'stats',
  telling: ['playCount', 'diggCount', 'commentCount', 'shareCount'],
};
const ofUsers = ['followerCount', 'followingCount', 'heartCount', 'videoCount'];
/** Of a post's author. */
export const authorCounts: Block = { exact: 'authorStatsV2', rounded: 'authorStats', telling: ofUsers };
/** Of a user by itself. */
export const userCounts: Block = { exact: 'statsV2', rounded: 'stats', telling: ofUsers };
/** Of a hashtag, a piece of music or a collection. */
export const listingCounts: Block = { exact: 'statsV2', rounded: 'stats', telling: ['videoCount', 'viewCount'] };

/** Where a user's figures stand. `heart` overflows 32 bits in some answers, so it comes last. */
export const userCountFields = {
  author_follower_count: ['followerCount'],
  author_following_count: ['followingCount'],
  author_likes_received_count: ['heartCount', 'heart'],
  author_likes_given_count: ['diggCount'],
  author_post_count: ['videoCount'],
  author_friend_count: ['friendCount'],
} as const;

const endsInHundreds = (value: number): boolean => value % 100 === 0;

/** How exact a block's large figures are; null where it has none to tell by. */
function precisionOf(item: unknown, block: Block, name: string): Precision | null {
  const figure = (from: string, field: string): number | null => valueOf(countOf(at(item, from, field)));
  const large = block.telling.flatMap((field) => figure(name, field) ?? []).filter((value) => value >= roundedFrom);
  if (large.length === 0) return null;
  if (!large.every(endsInHundreds)) return 'exact';
  if (name === block.rounded) return 'rounded';
  const hasOther = isObject(at(item, block.rounded));
  const isSame = block.telling.every((field) => figure(block.exact, field) === figure(block.rounded, field));
  return hasOther && isSame ? 'rounded' : 'unknown';
}

/**
 * Figures, each from the block of texts or else from the rounded one, with the block as its source and its precision.
 * `fields`: under which names each may stand. Where no figure is large enough to tell, one that ends in 00 is `rounded`
 * in the rounded block, otherwise `unknown`.
 */
export function tiktokCounts<Field extends string>(
  item: unknown,
  block: Block,
  fields: Readonly<Record<Field, readonly string[]>>,
): Record<Field, Reading<number>> {
  // Judged once per block, and only where a figure needs it.
  const judged = new Map<string, Precision | null>();
  const judge = (name: string): Precision => {
    const precision = judged.has(name) ? judged.get(name) : precisionOf(item, block, name);
    judged.set(name, precision ?? null);
    return precision ?? (name === block.rounded ? 'rounded' : 'unknown');
  };
  const blocks = [block.exact, block.rounded].map((name) => [name, at(item, name)] as const);
  const readingOf = (source: string, value: unknown): Reading<number> => {
    const reading = countOf(value);
    if ('missing' in reading) return reading;
    if (reading.raw !== undefined) return { ...reading, source };
    const mayBeRounded = reading.value >= roundedFrom && endsInHundreds(reading.value);
    return { value: reading.value, source, precision: mayBeRounded ? judge(source) : 'exact' };
  };
  // Not by lists of readings: six to twelve figures of every post go through here.
  const read = (names: readonly string[]): Reading<number> => {
    let missing: Reading<number> | null = null;
    for (const [source, figures] of blocks) {
      for (const field of names) {
        const reading = readingOf(source, at(figures, field));
        if ('value' in reading) return reading;
        if (missing === null || reading.missing === 'parse_error') missing = reading;
      }
    }
    return missing ?? absent;
  };
  const found: Partial<Record<Field, Reading<number>>> = {};
  for (const field in fields) found[field] = read(fields[field]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every field of `fields` has just been set
  return found as Record<Field, Reading<number>>;
}
