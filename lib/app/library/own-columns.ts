/** What the library's tables show beside the codebook's columns, and which columns they show when nobody chose. */
import type { RecordType } from '../../core/record.ts';
import type { LibraryColumn, LibraryQuery } from '../../messaging/library-models.ts';

/** What the index itself knows of a row: of its saving, of what was written on it, and of the other rows. */
export type OwnField =
  | 'query_type'
  | 'query_text'
  | 'page_tab'
  | 'feed_personalised'
  | 'result_rank'
  | 'shown_on_page'
  | 'first_seen_at'
  | 'last_seen_at'
  | 'saved_at'
  | 'projects'
  | 'tags'
  | 'note'
  | 'observation_count'
  | 'sources'
  | 'outlier_x_median'
  | 'outlier_n';

interface OwnColumn {
  readonly field: OwnField;
  readonly column: Omit<LibraryColumn, 'shown'>;
}

function own(field: OwnField, type: LibraryColumn['type'], en: string, zhCn: string): OwnColumn {
  return { field, column: { name: field, type, description: { en, zh_CN: zhCn } } };
}

/** Those whose name the codebook has as well are described there. */
export const ownColumns: readonly OwnColumn[] = [
  own('query_type', 'text', '', ''),
  own('query_text', 'text', '', ''),
  own('page_tab', 'text', '', ''),
  own('feed_personalised', 'boolean', '', ''),
  own('result_rank', 'integer', '', ''),
  own('shown_on_page', 'boolean', '', ''),
  own('first_seen_at', 'time', '', ''),
  own('last_seen_at', 'time', '', ''),
  own(
    'sources',
    'list',
    'Who said what the row holds: page, or the ids of API providers.',
    '本行数值的来源：page（页面）或 API 提供方标识。',
  ),
  own('observation_count', 'integer', 'How often the thing was observed.', '观测次数。'),
  own('saved_at', 'time', 'When it was first saved into a project.', '首次保存到项目的时间。'),
  own('projects', 'list', 'Projects that it is saved in.', '所在的项目。'),
  own('tags', 'list', 'Tags that you gave it.', '您添加的标签。'),
  own('note', 'text', 'Your note on it.', '您写的备注。'),
];

/** What is known of a thing's saving only. */
const savingColumns: ReadonlySet<string> = new Set<OwnField>([
  'query_type',
  'query_text',
  'page_tab',
  'feed_personalised',
  'result_rank',
  'shown_on_page',
  'first_seen_at',
  'last_seen_at',
  'saved_at',
  'projects',
]);

/** Whether a query filters or orders by what is known of the saving. */
export function asksForSaving({ project, filters, sort }: LibraryQuery): boolean {
  if (project !== null || (sort && savingColumns.has(sort.column))) return true;
  return filters.some(({ column }) => savingColumns.has(column));
}

/** The columns that are shown when nobody chose. */
export const shownColumns: { readonly [Type in RecordType]: readonly string[] } = {
  post: [
    'platform',
    'caption',
    'author_handle',
    'created_at',
    'view_count',
    'like_count',
    'comment_count',
    'share_count',
    'save_count',
    'er_views_lcss',
    'observed_at',
    'tags',
  ],
  product: [
    'platform',
    'product_name',
    'price_minor',
    'sold_count',
    'rating',
    'review_count',
    'stock_total',
    'category_l1',
    'shop_name',
    'observed_at',
    'tags',
  ],
  sku: ['platform', 'product_id', 'sku_id', 'sku_name', 'price_minor', 'stock', 'availability', 'observed_at'],
  author: [
    'platform',
    'author_handle',
    'author_name',
    'author_follower_count',
    'author_likes_received_count',
    'author_post_count',
    'author_verified',
    'author_bio',
    'observed_at',
    'tags',
  ],
  hashtag: ['platform', 'hashtag', 'hashtag_id', 'description', 'view_count', 'post_count', 'observed_at', 'tags'],
  music: ['platform', 'title', 'author', 'is_original', 'duration_ms', 'album', 'post_count', 'observed_at', 'tags'],
  collection: ['platform', 'title', 'author_handle', 'post_count', 'view_count', 'description', 'observed_at', 'tags'],
  comment: [
    'platform',
    'text',
    'author_name',
    'created_at',
    'like_count',
    'reply_count',
    'post_id',
    'language',
    'observed_at',
    'tags',
  ],
  review: [
    'platform',
    'text',
    'rating',
    'created_at',
    'author_name',
    'sku_name',
    'like_count',
    'product_id',
    'observed_at',
    'tags',
  ],
  live: [
    'platform',
    'title',
    'author_handle',
    'status',
    'viewer_count',
    'total_viewer_count',
    'like_count',
    'started_at',
    'observed_at',
    'tags',
  ],
  shop: [
    'platform',
    'shop_name',
    'product_count',
    'rating',
    'review_count',
    'sold_count',
    'follower_count',
    'observed_at',
    'tags',
  ],
};
