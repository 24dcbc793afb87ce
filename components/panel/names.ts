/** What things are called in lists, headings and rows. */
import { formatCount, formatMoney } from '../../lib/analysis/format.ts';
import type { AnyRecord } from '../../lib/core/record.ts';
import { parseRefKey, type RefKey } from '../../lib/core/ref.ts';
import type { IconName } from '../parts/Icon.tsx';

/** The name or the words of what a record describes; null where the source gave neither. */
export function recordTitle(record: AnyRecord): string | null {
  switch (record.record_type) {
    case 'post':
      return record.caption || record.author_name;
    case 'product':
      return record.product_name;
    case 'sku':
      return record.sku_name;
    case 'author':
      return record.author_name ?? handle(record.author_handle);
    case 'hashtag':
      return record.hashtag === null ? null : `#${record.hashtag}`;
    case 'music':
    case 'collection':
    case 'live':
      return record.title;
    case 'comment':
    case 'review':
      return record.text;
    case 'shop':
      return record.shop_name;
  }
}

/** What a thing is called: its title, else what its ref says by itself. */
export function nameOf(ref: RefKey, record: AnyRecord | null | undefined): string {
  const title = record ? recordTitle(record) : null;
  if (title) return title;
  const parsed = parseRefKey(ref);
  if (parsed?.kind === 'author' || parsed?.kind === 'live')
    return /^[\w.]+$/u.test(parsed.id) ? `@${parsed.id}` : parsed.id;
  if (parsed?.kind === 'hashtag') return `#${parsed.id}`;
  return parsed?.id ?? ref;
}

/** Who made it, or whose it is; null where that is not known or would only repeat the title. */
export function bylineOf(record: AnyRecord): string | null {
  switch (record.record_type) {
    case 'post':
    case 'comment':
      return record.author_name ?? handle(record.author_handle);
    case 'live':
      return record.author_name ?? handle(record.author_handle);
    case 'product':
      return record.shop_name;
    case 'author':
      return record.author_name === null ? null : handle(record.author_handle);
    case 'music':
      return record.author;
    case 'collection':
      return handle(record.author_handle);
    case 'review':
      return record.author_name;
    default:
      return null;
  }
}

function handle(name: string | null): string | null {
  return name === null ? null : `@${name}`;
}

/** A figure as a row shows it: an icon for what it counts, and its field for the words. */
export interface RowFigure {
  readonly field: string;
  readonly icon: IconName;
  /** `≈12,500` where it is not exact. */
  readonly text: string;
}

type RowField = readonly [field: string, icon: IconName];

const rowFields: Partial<Record<AnyRecord['record_type'], readonly RowField[]>> = {
  post: [
    ['view_count', 'play'],
    ['like_count', 'heart'],
    ['comment_count', 'comment'],
    ['save_count', 'save'],
  ],
  product: [['sold_count', 'product']],
  author: [['author_follower_count', 'eye']],
  hashtag: [['view_count', 'play']],
  music: [['post_count', 'video']],
  collection: [['post_count', 'video']],
  comment: [
    ['like_count', 'heart'],
    ['reply_count', 'comment'],
  ],
  review: [['like_count', 'heart']],
  live: [['viewer_count', 'eye']],
  shop: [['sold_count', 'product']],
};

/** More than so many do not fit into a row of the panel. */
const figuresInRow = 3;

/** The main figures that are known: views and likes, or likes and saves where there are no views. */
export function rowFigures(record: AnyRecord, locale: string): readonly RowFigure[] {
  const values = new Map<string, unknown>(Object.entries(record));
  const known = (rowFields[record.record_type] ?? []).flatMap(([field, icon]): RowFigure[] => {
    const value = values.get(field);
    if (typeof value !== 'number') return [];
    return [{ field, icon, text: formatCount(value, record.figures[field]?.precision ?? null, locale) }];
  });
  return known.slice(0, figuresInRow);
}

/** A product's price as a row shows it; null where it has none or its currency is not known. */
export function rowPrice(record: AnyRecord, locale: string): string | null {
  if (record.record_type !== 'product' || !record.currency) return null;
  const price = record.price_minor ?? record.price_min_minor;
  return price === null ? null : formatMoney(price, record.currency, locale);
}
