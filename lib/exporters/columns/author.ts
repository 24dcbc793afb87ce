/** One row per author; the same columns are repeated on the row of a post, and some on others. */
import type { AuthorRecord } from '../../core/record-kinds.ts';
import type { AnyRecord, AuthorFields } from '../../core/record.ts';
import { pseudonymOf } from '../pseudonym.ts';
import { type Column, computedColumn as computed, ownColumn as own } from './column.ts';
import { figureColumns } from './figures.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';

const personal = { personal: true };
/** The person whose the row is, by one of the names. */
const naming = { personal: true, names: 'author' } as const;
/** Names or shows a person, and is not needed to tell people apart. */
const withheld = { personal: true, exportedByDefault: false };

export const authorId = own(
  'author_id',
  'string',
  "The platform's numeric id of the author, as text.",
  '平台的作者数字 ID（文本）。',
  naming,
);

export const authorSecId = own(
  'author_sec_id',
  'string',
  "The author's secUid (TikTok) or sec_uid (Douyin).",
  '作者的 secUid（TikTok）或 sec_uid（抖音）。',
  naming,
);

export const authorHandle = own(
  'author_handle',
  'string',
  'The handle without @ (TikTok) or the Douyin number. The author can change it.',
  '不含 @ 的用户名（TikTok）或抖音号。作者可以更改。',
  naming,
);

export const authorName = own(
  'author_name',
  'string',
  'The name shown beside what the author wrote or posted.',
  '作者内容旁显示的昵称。',
  naming,
);

export const authorPseudonym: Column<AnyRecord> = computed(
  'author_pseudonym',
  'string',
  'Stands for the author: the same person has the same one in all files of the project, and nobody without the key of the project can tell who it is.',
  '作者的化名：同一人在该项目的所有文件中相同；没有项目密钥则无法得知其身份。',
  pseudonymOf,
  { pseudonym: true, exportedByDefault: false },
);

export const authorAvatarUrl = own(
  'author_avatar_url',
  'string',
  'Address of the profile picture. It expires.',
  '头像地址。会失效。',
  withheld,
);

/** What a platform says of the place that somebody's connection comes from. */
export function ipLabelColumn<Name extends string>(name: Name) {
  return own(
    name,
    'string',
    'Place of the connection, as Douyin shows it (IP属地). Sensitive.',
    '平台显示的 IP 属地。属敏感信息。',
    withheld,
  );
}

export const authorColumns: readonly Column<AuthorFields>[] = [
  authorId,
  authorSecId,
  authorHandle,
  authorName,
  own('author_url', 'string', "Address of the author's profile.", '作者主页地址。', personal),
  own('author_bio', 'string', "The profile's text.", '主页签名。', { personal: true, text: true }),
  authorAvatarUrl,
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
  own(
    'author_region',
    'string',
    "Region of the author's account as the source gives it.",
    '来源给出的作者账号地区。',
    withheld,
  ),
];

export const authorTableColumns: readonly Column<AuthorRecord>[] = [
  identityColumn,
  authorPseudonym,
  ...authorColumns,
  own('author_bio_url', 'string', 'Link in the profile.', '主页上的链接。', personal),
  ipLabelColumn('author_ip_location'),
  ...figureColumns,
  ...provenanceColumns,
];
