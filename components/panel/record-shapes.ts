/** What of each record is shown and how it is written, as data. Posts and products have cards of their own for the rest. */
import { formatRatio } from '../../lib/analysis/format.ts';
import type { AnyRecord } from '../../lib/core/record.ts';
import { type Figure, figuresOf } from '../parts/Figures.tsx';

/** How a value is written. `state`: a word of the source's, worded by `state_*`. */
export type Manner = 'text' | 'id' | 'time' | 'id-time' | 'duration' | 'flag' | 'language' | 'region' | 'state';

export interface Shape {
  /** Shown with the reason where they are missing. */
  readonly figures: readonly string[];
  /** Shown where the source gave them. */
  readonly further?: readonly string[];
  /** A text of its own below the title. */
  readonly text?: string;
  /** Shown in this order, where the source gave them. */
  readonly facts: readonly (readonly [field: string, manner: Manner])[];
}

const shapes: Readonly<Record<AnyRecord['record_type'], Shape>> = {
  post: { figures: ['view_count', 'like_count', 'comment_count', 'share_count', 'save_count'], facts: [] },
  product: { figures: ['sold_count'], further: ['review_count', 'month_sold_count'], facts: [] },
  author: {
    figures: ['author_follower_count', 'author_likes_received_count', 'author_post_count', 'author_following_count'],
    further: ['author_likes_given_count', 'author_friend_count'],
    text: 'author_bio',
    facts: [
      ['author_bio_url', 'text'],
      ['author_private', 'flag'],
      ['author_is_seller', 'flag'],
      ['author_region', 'region'],
      ['author_id', 'id'],
      ['author_sec_id', 'id'],
    ],
  },
  hashtag: { figures: ['view_count', 'post_count'], text: 'description', facts: [['hashtag_id', 'id']] },
  music: {
    figures: ['post_count'],
    facts: [
      ['is_original', 'flag'],
      ['duration_ms', 'duration'],
      ['album', 'text'],
    ],
  },
  collection: {
    figures: ['post_count'],
    further: ['view_count'],
    text: 'description',
    facts: [['author_id', 'id']],
  },
  comment: {
    figures: ['like_count', 'reply_count'],
    facts: [
      ['created_at', 'time'],
      ['created_at_from_id', 'id-time'],
      ['language', 'language'],
      ['is_pinned', 'flag'],
      ['liked_by_author', 'flag'],
      ['post_id', 'id'],
      ['parent_comment_id', 'id'],
      ['reply_to_comment_id', 'id'],
      ['author_id', 'id'],
    ],
  },
  review: {
    figures: ['rating'],
    further: ['like_count'],
    facts: [
      ['created_at', 'time'],
      ['sku_name', 'text'],
      ['is_verified_purchase', 'flag'],
      ['product_id', 'id'],
      ['sku_id', 'id'],
    ],
  },
  live: {
    figures: ['viewer_count', 'like_count'],
    further: ['total_viewer_count'],
    facts: [
      ['status', 'state'],
      ['started_at', 'time'],
      ['room_id', 'id'],
      ['author_id', 'id'],
    ],
  },
  shop: {
    figures: ['product_count', 'sold_count', 'follower_count'],
    further: ['rating', 'review_count'],
    facts: [['shop_location', 'text']],
  },
  sku: {
    figures: ['stock'],
    facts: [
      ['sku_name', 'text'],
      ['sku_id', 'id'],
    ],
  },
};

/** What a card shows of such a record. */
export function recordShape(type: AnyRecord['record_type']): Shape {
  return shapes[type];
}

/** The record's main figures, and the further ones that are known. */
export function shapeFigures(record: AnyRecord, locale: string): readonly Figure[] {
  const { figures, further = [] } = shapes[record.record_type];
  return figuresOf(record, figures, further).map((figure) =>
    figure.field === 'rating' ? { ...figure, text: formatRatio(figure.value, locale, 2) } : figure,
  );
}
