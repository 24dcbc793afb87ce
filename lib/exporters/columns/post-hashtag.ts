/** One row per hashtag of a post: ready for counting and for co-occurrence, with nothing to split. */
import type { HashtagUse, PostRecord } from '../../core/record.ts';
import { type Column, ownColumn as own } from './column.ts';
import { postIdColumn } from './post.ts';
import { identityColumn } from './provenance.ts';

export interface PostHashtagRow {
  readonly platform: string;
  readonly post_id: string;
  readonly hashtag: string;
  readonly hashtag_id: string | null;
  readonly hashtag_origin: HashtagUse['origin'];
  readonly position: number;
}

export const postHashtagColumns: readonly Column<PostHashtagRow>[] = [
  identityColumn,
  postIdColumn,
  own('hashtag', 'string', 'The hashtag without #, as written.', '话题标签，不含 #，保留原写法。'),
  own('hashtag_id', 'string', "The platform's id of the hashtag.", '平台的话题 ID。'),
  own(
    'hashtag_origin',
    'string',
    "tag_list (the platform's own list), caption (read from the text) or both.",
    'tag_list（平台列表）、caption（由描述读出）或 both。',
  ),
  own('position', 'integer', 'Place among the hashtags of the post, from 1.', '在该作品话题标签中的次序（从 1 起）。'),
];

export function hashtagRows({ platform, post_id, hashtags }: PostRecord): readonly PostHashtagRow[] {
  return hashtags.map(({ name, id, origin }, index) => ({
    platform,
    post_id,
    hashtag: name,
    hashtag_id: id,
    hashtag_origin: origin,
    position: index + 1,
  }));
}
