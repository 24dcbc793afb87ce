/**
 * How exact TikTok's web figures are. `stats` rounds from 10,000 on: to the hundred, from 1 million to the hundred
 * thousand. `statsV2` (texts) is exact in the list answers of 2025, but equal to the rounded `stats` in the guest pages
 * of 2025 and 2026. Saves are exact even there, so they do not tell how exact the others are.
 */
import type { Reading } from '../core/record-factory.ts';
import type { Precision } from '../core/record.ts';
import { absent, at, countOf, firstOf, isObject, valueOf } from './reading.ts';

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
export const authorCounts: Block = {
  exact: 'authorStatsV2',
  rounded: 'authorStats',
  telling: ['followerCount', 'followingCount', 'heartCount', 'videoCount'],
};

const endsInHundreds = (value: number): boolean => value % 100 === 0;

/** `null`: no figure of the block is large enough to tell. */
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
 * One figure from the block of texts, or else from the rounded one, with the block as its source and its precision.
 * Where no figure is large enough to tell, one that ends in 00 is `rounded` in the rounded block, otherwise `unknown`.
 */
export function tiktokCount(item: unknown, block: Block, ...fields: readonly string[]): Reading<number> {
  const readings = [block.exact, block.rounded].flatMap((name) =>
    fields.map((field): Reading<number> => {
      const reading = countOf(at(item, name, field));
      if ('missing' in reading || reading.raw !== undefined)
        return 'value' in reading ? { ...reading, source: name } : reading;
      const mayBeRounded = reading.value >= roundedFrom && endsInHundreds(reading.value);
      const ifUntold: Precision = name === block.rounded ? 'rounded' : 'unknown';
      return {
        value: reading.value,
        source: name,
        precision: mayBeRounded ? (precisionOf(item, block, name) ?? ifUntold) : 'exact',
      };
    }),
  );
  return firstOf(...readings);
}

/**
 * A figure of the post's author. Who posted has a video, so a block that counts none was not filled in, and its zeros
 * are no figures.
 */
export function tiktokAuthorCount(item: unknown, ...fields: readonly string[]): Reading<number> {
  const reading = tiktokCount(item, authorCounts, ...fields);
  const videos = valueOf(tiktokCount(item, authorCounts, 'videoCount'));
  return valueOf(reading) === 0 && !videos ? absent : reading;
}
