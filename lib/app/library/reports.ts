/** The reports on what a query finds, from what the index has. */
import { authorGroups } from '../../analysis/author-groups.ts';
import { type AuthoredPost, type AuthorProfile, authorReport, type AuthorSaid } from '../../analysis/author-report.ts';
import { categoryUse } from '../../analysis/categories.ts';
import { hashtagReport } from '../../analysis/hashtag-report.ts';
import { countTerms } from '../../analysis/terms.ts';
import type { RecordType } from '../../core/record.ts';
import type { Platform } from '../../core/ref.ts';
import type { AuthorReport, HashtagReport, KeywordReport, LibraryQuery } from '../../messaging/library-models.ts';
import type { LibraryIndex } from './library-index.ts';
import { filtered } from './run-query.ts';
import type { TypeIndex } from './type-index.ts';

/** As many as people read and a page shows; how many there are in all is told. */
const mostRows = 5_000;
const mostPairs = 1_000;
const mostTerms = 5_000;
/** Ms of one stretch of work, after which what else is asked of us has its turn. */
const stretchMs = 60;

/** Readers of fields by row; null where the type has no such field. */
function readersOf(index: TypeIndex) {
  return {
    number(field: string): (row: number) => number | null {
      const column = index.field(field);
      return column?.kind === 'number' ? (row) => column.get(row) : () => null;
    },
    text(field: string): (row: number) => string | null {
      const column = index.field(field);
      return column?.kind === 'text' ? (row) => column.get(row) : () => null;
    },
    list(field: string): (row: number) => readonly string[] {
      const column = index.field(field);
      return column?.kind === 'list' ? (row) => column.get(row) ?? [] : () => [];
    },
    platform(): (row: number) => Platform {
      const column = index.field('platform');
      return (row) => (column?.get(row) === 'douyin' ? 'douyin' : 'tiktok');
    },
  };
}

/** How the posts of a query use hashtags. Things of other types have none. */
export function reportHashtags(index: LibraryIndex, query: LibraryQuery): HashtagReport {
  const home = index.of(query.type);
  const read = readersOf(home);
  const [platform, hashtags, createdAt, views, likes] = [
    read.platform(),
    read.list('hashtags'),
    read.number('created_at'),
    read.number('view_count'),
    read.number('like_count'),
  ];
  const posts = Array.from(query.type === 'post' ? filtered(home, query) : [], (row) => ({
    platform: platform(row),
    hashtags: hashtags(row),
    createdAt: createdAt(row),
    views: views(row),
    likes: likes(row),
  }));
  return hashtagReport(posts, { rows: mostRows, pairs: mostPairs });
}

/** The text of each type that words are counted in. */
const worded: { readonly [Type in RecordType]: string } = {
  post: 'caption',
  product: 'product_name',
  sku: 'sku_name',
  author: 'author_bio',
  hashtag: 'description',
  music: 'title',
  collection: 'title',
  comment: 'text',
  review: 'text',
  live: 'title',
  shop: 'shop_name',
};

/** The words of what a query finds, and of products the categories. */
export async function reportKeywords(
  index: LibraryIndex,
  query: LibraryQuery,
  clock: { readonly now: () => number; readonly pause: () => Promise<void> },
): Promise<KeywordReport> {
  const home = index.of(query.type);
  const rows = filtered(home, query);
  const text = readersOf(home).text(worded[query.type]);
  const counter = countTerms();
  let since = clock.now();
  for (const row of rows) {
    counter.add(text(row) ?? '');
    if (clock.now() - since < stretchMs) continue;
    await clock.pause();
    since = clock.now();
  }
  const { distinct, terms } = counter.result(mostTerms);
  return { records: rows.length, distinct, terms, categories: categoriesOf(home, rows) };
}

function categoriesOf(home: TypeIndex, rows: Int32Array): KeywordReport['categories'] {
  if (home.type !== 'product') return [];
  const read = readersOf(home);
  const levels = ['category_l1', 'category_l2', 'category_l3'].map((field) => read.text(field));
  const [platform, price, currency, sold, span] = [
    read.platform(),
    read.number('price_minor'),
    read.text('currency'),
    read.number('sold_count'),
    read.text('sold_window'),
  ];
  return categoryUse(
    Array.from(rows, (row) => ({
      platform: platform(row),
      levels: levels.map((level) => level(row)),
      priceMinor: price(row),
      currency: currency(row),
      soldCount: sold(row),
      soldWindow: span(row),
    })),
  );
}

/** What a post's row and an author's row say of the author. */
function authorReaders(home: TypeIndex): (row: number) => AuthorSaid {
  const read = readersOf(home);
  const [platform, id, secId, handle, name] = [
    read.platform(),
    read.text('author_id'),
    read.text('author_sec_id'),
    read.text('author_handle'),
    read.text('author_name'),
  ];
  const [followers, posts, observedAt, fetchedAt] = [
    read.number('author_follower_count'),
    read.number('author_post_count'),
    read.number('observed_at'),
    read.number('fetched_at'),
  ];
  return (row) => ({
    platform: platform(row),
    id: id(row),
    secId: secId(row),
    handle: handle(row),
    name: name(row),
    followers: followers(row),
    posts: posts(row),
    observedAt: observedAt(row) ?? fetchedAt(row) ?? 0,
  });
}

/** The authors of the posts of a query. What their own records say is taken from everything that is stored. */
export function reportAuthors(index: LibraryIndex, query: LibraryQuery): AuthorReport {
  const home = index.of('post');
  const rows = query.type === 'post' ? filtered(home, query) : new Int32Array(0);
  const people = index.of('author');
  const profileRows = people.order();
  const [saidOfPost, saidOfAuthor] = [authorReaders(home), authorReaders(people)];
  const said = [...Array.from(rows, saidOfPost), ...Array.from(profileRows, saidOfAuthor)];
  const nobody = { platform: 'tiktok', id: null, secId: null, handle: null } as const;
  const authors = authorGroups(said.length, (place) => said[place] ?? nobody);
  const read = readersOf(home);
  const [caption, views, likes, createdAt] = [
    read.text('caption'),
    read.number('view_count'),
    read.number('like_count'),
    read.number('created_at'),
  ];
  const { timesMedian, others } = home.outliers();
  const known = (values: Float64Array, row: number): number | null => {
    const value = values[row] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  const posts: AuthoredPost[] = [];
  const profiles: AuthorProfile[] = [];
  said.forEach((one, place) => {
    const author = authors[place] ?? -1;
    const row = rows[place];
    if (row === undefined) {
      profiles.push({ ...one, author });
      return;
    }
    const ref = home.refs[row];
    if (!ref) return;
    posts.push({
      ...one,
      ref,
      author,
      caption: caption(row),
      views: views(row),
      likes: likes(row),
      createdAt: createdAt(row),
      timesMedian: known(timesMedian, row),
      others: known(others, row),
    });
  });
  return { posts: posts.length, rows: authorReport(posts, profiles) };
}
