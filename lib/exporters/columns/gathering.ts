/** One row per hashtag, collection and live room: what gathers posts or viewers. */
import type { CollectionRecord, HashtagRecord, LiveRecord } from '../../core/record-kinds.ts';
import { authorHandle, authorId, authorName, authorPseudonym } from './author.ts';
import { type Column, ownColumn as own } from './column.ts';
import { figureColumns } from './figures.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';
import { utcColumn } from './times.ts';

export const hashtagColumns: readonly Column<HashtagRecord>[] = [
  identityColumn,
  own('hashtag', 'string', 'The hashtag without #.', '话题标签，不含 #。'),
  own('hashtag_id', 'string', "The platform's id of the hashtag.", '平台的话题 ID。'),
  own('description', 'string', 'What the platform says of the hashtag.', '平台对话题的说明。'),
  own('view_count', 'integer', 'Views of all posts with the hashtag.', '带该话题的全部作品的播放量。'),
  own('post_count', 'integer', 'Posts with the hashtag.', '带该话题的作品数。'),
  ...figureColumns,
  ...provenanceColumns,
];

export const collectionColumns: readonly Column<CollectionRecord>[] = [
  identityColumn,
  own('collection_id', 'string', 'Id of the playlist, mix or collection.', '合集或播放列表 ID。'),
  own('title', 'string', 'Name of the playlist, mix or collection.', '合集或播放列表名称。', { text: true }),
  own('description', 'string', 'Its description.', '合集说明。', { text: true }),
  authorPseudonym,
  authorId,
  authorHandle,
  own('post_count', 'integer', 'Posts in it.', '合集中的作品数。'),
  own('view_count', 'integer', 'Views of all its posts.', '合集全部作品的播放量。'),
  ...figureColumns,
  ...provenanceColumns,
];

export const liveColumns: readonly Column<LiveRecord>[] = [
  identityColumn,
  own(
    'live_id',
    'string',
    "The live page's name: the handle (TikTok) or the web_rid (Douyin).",
    '直播页名称：用户名（TikTok）或 web_rid（抖音）。',
    { personal: true },
  ),
  own('room_id', 'string', 'Id of the room; every broadcast has its own.', '直播间 ID；每场直播各不相同。'),
  own('title', 'string', 'Title of the broadcast.', '直播标题。', { text: true }),
  authorPseudonym,
  authorId,
  authorHandle,
  authorName,
  own('status', 'string', 'live, ended or unknown.', 'live、ended 或 unknown。'),
  own('viewer_count', 'integer', 'Watching at the time of the observation.', '观测时的在线人数。'),
  own('total_viewer_count', 'integer', 'Came in since the start.', '开播以来的进入人数。'),
  own('like_count', 'integer', 'Likes given during the broadcast.', '直播中的点赞数。'),
  utcColumn('started_at', { en: 'When the broadcast began.', zh_CN: '开播时间。' }),
  ...figureColumns,
  ...provenanceColumns,
];
