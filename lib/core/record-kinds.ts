/** The records beside posts and products, see record.ts. Each has a table of its own in exports. */
import type { AuthorFields, RecordBase } from './record.ts';

/** At least one of handle, sec id and id is known. */
export interface AuthorRecord extends RecordBase, AuthorFields {
  readonly record_type: 'author';
  readonly author_bio_url: string | null;
  /** IP属地: sensitive, not exported by default. */
  readonly author_ip_location: string | null;
}

/** TikTok: the name is known. Douyin: the id is. */
export interface HashtagRecord extends RecordBase {
  readonly record_type: 'hashtag';
  /** Without #. */
  readonly hashtag: string | null;
  readonly hashtag_id: string | null;
  readonly description: string | null;
  readonly view_count: number | null;
  readonly post_count: number | null;
}

export interface MusicRecord extends RecordBase {
  readonly record_type: 'music';
  readonly music_id: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly is_original: boolean | null;
  readonly duration_ms: number | null;
  readonly album: string | null;
  readonly post_count: number | null;
  /** Expires. */
  readonly music_url: string | null;
}

/** A playlist, mix or collection. */
export interface CollectionRecord extends RecordBase {
  readonly record_type: 'collection';
  readonly collection_id: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly author_id: string | null;
  readonly author_handle: string | null;
  readonly post_count: number | null;
  readonly view_count: number | null;
}

export interface CommentRecord extends RecordBase {
  readonly record_type: 'comment';
  readonly comment_id: string;
  readonly post_id: string | null;
  /** The comment that this one is below; null: it is none's reply. */
  readonly parent_comment_id: string | null;
  /** The reply that it answers, where that is not the parent itself. */
  readonly reply_to_comment_id: string | null;
  readonly text: string | null;
  /** Unix ms. */
  readonly created_at: number | null;
  /** Unix ms, read from the id: an estimate, see `idTime`. */
  readonly created_at_from_id: number | null;
  readonly like_count: number | null;
  readonly reply_count: number | null;
  /** By the author of the post. */
  readonly liked_by_author: boolean | null;
  readonly is_pinned: boolean | null;
  readonly language: string | null;
  readonly author_id: string | null;
  readonly author_sec_id: string | null;
  readonly author_handle: string | null;
  readonly author_name: string | null;
  readonly author_avatar_url: string | null;
  readonly image_urls: readonly string[];
  readonly sticker_url: string | null;
  /** IP属地: sensitive, not exported by default. */
  readonly ip_label: string | null;
}

export interface ReviewRecord extends RecordBase {
  readonly record_type: 'review';
  readonly review_id: string;
  readonly product_id: string | null;
  /** As given, usually 1 to 5. */
  readonly rating: number | null;
  readonly text: string | null;
  /** Unix ms. */
  readonly created_at: number | null;
  readonly sku_id: string | null;
  readonly sku_name: string | null;
  readonly author_name: string | null;
  readonly like_count: number | null;
  readonly is_verified_purchase: boolean | null;
  readonly image_urls: readonly string[];
}

/** A live room. At least one of live_id and room_id is known. */
export interface LiveRecord extends RecordBase {
  readonly record_type: 'live';
  /** Handle (TikTok) or web_rid (Douyin). */
  readonly live_id: string | null;
  readonly room_id: string | null;
  readonly title: string | null;
  readonly author_id: string | null;
  readonly author_handle: string | null;
  readonly author_name: string | null;
  readonly status: 'live' | 'ended' | 'unknown';
  /** Watching now. */
  readonly viewer_count: number | null;
  /** Came in since the start. */
  readonly total_viewer_count: number | null;
  readonly like_count: number | null;
  /** Unix ms. */
  readonly started_at: number | null;
}

export interface ShopRecord extends RecordBase {
  readonly record_type: 'shop';
  readonly shop_id: string;
  readonly shop_name: string | null;
  readonly product_count: number | null;
  readonly rating: number | null;
  readonly review_count: number | null;
  readonly sold_count: number | null;
  readonly follower_count: number | null;
  readonly shop_location: string | null;
}
