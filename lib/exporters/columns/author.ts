/** The author, repeated on the post's row. */
import type { PostRecord } from '../../core/record.ts';
import { type Column, ownColumn as own } from './column.ts';

const personal = { personal: true };

export const authorColumns: readonly Column<PostRecord>[] = [
  own(
    'author_id',
    'string',
    "The platform's numeric id of the author, as text.",
    '平台的作者数字 ID（文本）。',
    personal,
  ),
  own(
    'author_sec_id',
    'string',
    "The author's secUid (TikTok) or sec_uid (Douyin).",
    '作者的 secUid（TikTok）或 sec_uid（抖音）。',
    personal,
  ),
  own(
    'author_handle',
    'string',
    'The handle without @ (TikTok) or the Douyin number. The author can change it.',
    '不含 @ 的用户名（TikTok）或抖音号。作者可以更改。',
    personal,
  ),
  own('author_name', 'string', 'The name shown beside posts.', '作品旁显示的昵称。', personal),
  own('author_url', 'string', "Address of the author's profile.", '作者主页地址。', personal),
  own('author_bio', 'string', "The profile's text.", '主页签名。', personal),
  own('author_avatar_url', 'string', 'Address of the profile picture. It expires.', '头像地址。会失效。', {
    personal: true,
    exportedByDefault: false,
  }),
  own('author_verified', 'boolean', 'Whether the platform shows a verification badge.', '是否带有平台认证标识。'),
  own('author_private', 'boolean', 'Whether the account is private.', '是否为私密账号。'),
  own('author_is_seller', 'boolean', 'Whether the account sells in the shop.', '是否为带货账号。'),
  own('author_follower_count', 'integer', 'Followers of the author.', '作者的粉丝数。'),
  own('author_following_count', 'integer', 'Accounts that the author follows.', '作者的关注数。'),
  own(
    'author_likes_received_count',
    'integer',
    "Likes on all of the author's posts together.",
    '作者全部作品的获赞总数。',
  ),
  own(
    'author_likes_given_count',
    'integer',
    "Posts that the author likes. Called author_likes in 4CAT's files.",
    '作者点赞过的作品数。4CAT 的文件称之为 author_likes。',
  ),
  own('author_post_count', 'integer', 'Public posts of the author.', '作者的公开作品数。'),
  own('author_friend_count', 'integer', 'Friends of the author: who follow each other.', '作者的互关好友数。'),
  own('author_region', 'string', "Region of the author's account as the source gives it.", '来源给出的作者账号地区。', {
    personal: true,
    exportedByDefault: false,
  }),
];
