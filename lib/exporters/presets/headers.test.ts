/** The headers of other tools, letter by letter and in order, as their sources have them. */
import { expect, test } from 'vitest';
import type { TableId } from '../../core/export-choices.ts';
import type { Platform } from '../../core/ref.ts';
import { presetTables } from './describe.ts';
import { presetById, presets } from './index.ts';

const words = (text: string): string[] => text.trim().split(/[\s,]+/u);

const fourCatTiktok = words(`
  collected_from_url id thread_id author author_full author_followers author_likes author_videos author_avatar body
  stickers timestamp unix_timestamp is_duet is_ad is_paid_partnership is_sensitive is_photosensitive music_name music_id
  music_url music_thumbnail music_author video_url tiktok_url thumbnail_url likes comments shares plays hashtags
  challenges diversification_labels location_created effects warning`);

const fourCatComments = words(`
  collected_from_url id thread_id author author_full author_avatar_url body timestamp unix_timestamp likes replies post_id
  post_url post_body comment_url is_liked_by_post_author is_sticky is_comment_on_comment language_guess`);

const fourCatDouyin = words(`
  collected_from_url id thread_id subject body timestamp post_url region hashtags mentions video_tags prevent_download
  video_url video_thumbnail video_duration image_urls music_author music_title music_url collect_count comment_count
  digg_count download_count forward_count play_count share_count count_total_streams_viewers
  count_current_stream_viewers author_user_id author_nickname author_profile_url author_thumbnail_url author_region
  author_is_ad_fake part_of_collection 4CAT_first_video_displayed collection_id collection_name place_in_collection
  unix_timestamp`);

const expected: readonly (readonly [string, TableId, Platform | null, readonly string[]])[] = [
  [
    'zh',
    'post',
    null,
    words(
      '视频ID,视频标题,视频描述,封面链接,视频时长,发布时间,播放量,点赞数,评论数,分享数,收藏数,创作者ID,创作者昵称,创作者头像,认证状态,话题标签,商品数量,版权类型,视频状态,请求时间',
    ),
  ],
  [
    'zh',
    'product',
    null,
    words('商品ID,商品名称,商品链接,价格,货币,销量,销量原文,评分,评价数,店铺ID,店铺名称,请求时间'),
  ],
  [
    'zh',
    'author',
    null,
    words('创作者ID,用户名,创作者昵称,主页链接,主页签名,创作者头像,认证状态,粉丝数,关注数,获赞数,作品数,请求时间'),
  ],
  ['zh', 'comment', null, words('评论ID,视频ID,上级评论ID,评论内容,评论时间,点赞数,回复数,用户ID,用户昵称,请求时间')],
  ['four-cat', 'post', 'tiktok', fourCatTiktok],
  ['four-cat', 'post', 'douyin', fourCatDouyin],
  ['four-cat', 'comment', 'tiktok', fourCatComments],
  ['zeeschuimer-csv', 'post', 'tiktok', fourCatTiktok],
  ['zeeschuimer-csv', 'post', 'douyin', fourCatDouyin],
  ['zeeschuimer-csv', 'comment', 'tiktok', fourCatComments],
  [
    'apify',
    'post',
    null,
    words(`
      id text textLanguage createTime createTimeISO locationCreated isAd authorMeta.id authorMeta.name
      authorMeta.profileUrl authorMeta.nickName authorMeta.verified authorMeta.signature authorMeta.bioLink
      authorMeta.originalAvatarUrl authorMeta.avatar authorMeta.commerceUserInfo.commerceUser authorMeta.privateAccount
      authorMeta.roomId authorMeta.ttSeller authorMeta.following authorMeta.friends authorMeta.fans authorMeta.heart
      authorMeta.video authorMeta.digg musicMeta.musicName musicMeta.musicAuthor musicMeta.musicOriginal
      musicMeta.musicAlbum musicMeta.playUrl musicMeta.coverMediumUrl musicMeta.originalCoverMediumUrl
      musicMeta.musicId webVideoUrl mediaUrls videoMeta.height videoMeta.width videoMeta.duration videoMeta.coverUrl
      videoMeta.originalCoverUrl videoMeta.definition videoMeta.format videoMeta.subtitleLinks diggCount shareCount
      playCount collectCount commentCount repostCount mentions detailedMentions hashtags effectStickers isSlideshow
      slideshowImageLinks isPinned isSponsored hasTikTokShopProduct submittedVideoUrl searchQuery`),
  ],
  [
    'apify',
    'comment',
    null,
    words(`
      videoWebUrl submittedVideoUrl input cid createTime createTimeISO text diggCount likedByAuthor pinnedByAuthor
      repliesToId replyCommentTotal uid uniqueId avatarThumbnail`),
  ],
  [
    'minet',
    'post',
    null,
    words(`
      id description timestamp utc_time original_item video_id video_height video_width video_duration video_ratio
      video_cover video_origin_cover video_dynamic_cover video_reflow_cover video_bitrate video_format video_quality
      author_id author_unique_id author_nickname author_avatar author_signature author_verified author_secret
      author_following_count author_follower_count author_heart_count author_video_count author_digg_count music_id
      music_title music_author_name music_original music_play_url music_duration music_album digg_count share_count
      comment_count play_count duet_from_video_id duet_from_user_id duet_from_user_name duet_from_user_is_commerce
      challenges_titles challenges_descriptions stickers_texts effect_stickers_names duet_enabled stitch_enabled
      share_enabled is_ad`),
  ],
  [
    'research-api',
    'post',
    null,
    words(`
      id,video_description,create_time, region_code,share_count,view_count,like_count,comment_count,
      music_id,hashtag_names, username,effect_ids,playlist_id,voice_to_text, is_stem_verified, favorites_count,
      video_duration,hashtag_info_list, sticker_info_list, effect_info_list, video_mention_list,video_label,video_tag`),
  ],
  [
    'research-api',
    'product',
    null,
    words(`
      product_id,product_sold_count,product_description,product_price,product_review_count,product_name,
      product_rating_1_count,product_rating_2_count,product_rating_3_count,product_rating_4_count,product_rating_5_count`),
  ],
  [
    'research-api',
    'author',
    null,
    words(`
      display_name, bio_description, avatar_url, is_verified, follower_count, following_count, likes_count,
      video_count,bio_url`),
  ],
  [
    'research-api',
    'comment',
    null,
    words('id, video_id, text, like_count, reply_count, parent_comment_id, create_time'),
  ],
  ['research-api', 'shop', null, words('shop_name,shop_rating,shop_review_count,item_sold_count,shop_id')],
  [
    'pyktok',
    'post',
    null,
    words(`
      video_id video_timestamp video_duration video_locationcreated video_diggcount video_sharecount video_commentcount
      video_playcount video_description video_is_ad video_stickers author_username author_name author_followercount
      author_followingcount author_heartcount author_videocount author_diggcount author_verified poi_name poi_address
      poi_city`),
  ],
  [
    'douk-zh',
    'post',
    null,
    words(`
      作品类型 采集时间 UID SEC_UID ID 作品ID 作品描述 作品话题 视频时长 视频高度 视频宽度 作品链接 发布时间 视频URI
      账号昵称 年龄 账号签名 下载地址 音乐作者 音乐标题 音乐链接 静态封面 动态封面 隐藏标签 点赞数量 评论数量 收藏数量
      分享数量 播放数量 额外信息`),
  ],
  [
    'douk-zh',
    'author',
    null,
    words(`
      采集时间 昵称昵称 账号链接 账号签名 抖音号 年龄 性别 国家 省份 城市 地区 IP归属地 标签 企业 SEC_UID UID SHORT_ID
      头像链接 背景图链接 作品数量 获赞数量 喜欢数量 粉丝数量 关注数量 粉丝最大值`),
  ],
  [
    'douk-zh',
    'comment',
    null,
    words(`
      采集时间 评论ID 评论时间 UID SEC_UID 账号昵称 账号签名 年龄 IP归属地 评论内容 评论表情 评论图片 点赞数量 回复数量
      回复ID 回复对象`),
  ],
];

test.each(expected)('%s has the columns of its tool: %s, %s', (id, table, platform, headers) => {
  expect(
    presetById(id)
      ?.columns(table, platform)
      ?.map(({ header }) => header),
  ).toEqual(headers);
});

test('4CAT has 36, 40 and 19 columns', () => {
  expect([fourCatTiktok, fourCatDouyin, fourCatComments].map(({ length }) => length)).toEqual([36, 40, 19]);
});

test('no preset has a table whose headers are not pinned here', () => {
  const found = presets
    .filter(({ id }) => id !== 'native')
    .flatMap((preset) => presetTables(preset).map(({ table, platform }) => `${preset.id} ${table} ${platform}`));
  expect(found.sort()).toEqual(expected.map(([id, table, platform]) => `${id} ${table} ${platform}`).sort());
});

test('a preset of one platform that is told none has the columns of TikTok', () => {
  expect(presetById('four-cat')?.columns('post', null)).toBe(presetById('four-cat')?.columns('post', 'tiktok'));
  expect(presetById('four-cat')?.columns('comment', 'douyin')).toBeNull();
  expect(presetById('zeeschuimer-csv')?.columns('comment', 'douyin')).toBeNull();
});
