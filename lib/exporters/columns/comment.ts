/** One row per comment, replies included. */
import type { CommentRecord } from '../../core/record-kinds.ts';
import {
  authorAvatarUrl,
  authorHandle,
  authorId,
  authorName,
  authorPseudonym,
  authorSecId,
  ipLabelColumn,
} from './author.ts';
import { type Column, ownColumn as own } from './column.ts';
import { figureColumns } from './figures.ts';
import { postIdColumn } from './post.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';
import { createdColumns } from './times.ts';

export const commentColumns: readonly Column<CommentRecord>[] = [
  identityColumn,
  own('comment_id', 'string', 'Id of the comment, as text.', '评论 ID（文本）。'),
  postIdColumn,
  own(
    'parent_comment_id',
    'string',
    'Id of the comment that this one is below; empty: it is not a reply.',
    '所属上级评论的 ID；为空表示不是回复。',
  ),
  own(
    'reply_to_comment_id',
    'string',
    'Id of the reply that this one answers, where that is not the parent itself.',
    '所回复的那条回复的 ID（若并非上级评论本身）。',
  ),
  own('text', 'string', 'The text of the comment.', '评论内容。', { text: true }),
  ...createdColumns({ en: 'the comment was written', zh_CN: '评论' }),
  own('like_count', 'integer', 'Likes of the comment.', '评论的点赞数。'),
  own(
    'reply_count',
    'integer',
    'Replies to the comment, also those that were not loaded.',
    '评论的回复数，含未加载的。',
  ),
  own('liked_by_author', 'boolean', 'Whether the author of the post likes it.', '作品作者是否点赞。'),
  own('is_pinned', 'boolean', 'Whether it is pinned above the others.', '是否置顶。'),
  own('language', 'string', 'Language of the comment, as the platform says.', '平台给出的评论语言。'),
  authorPseudonym,
  authorId,
  authorSecId,
  authorHandle,
  authorName,
  authorAvatarUrl,
  own('image_urls', 'list', 'Addresses of the pictures in it. They expire.', '评论图片地址。会失效。'),
  own('sticker_url', 'string', 'Address of the sticker in it. It expires.', '评论表情地址。会失效。'),
  ipLabelColumn('ip_label'),
  ...figureColumns,
  ...provenanceColumns,
];
