/** One row per video or photo post. */
import { metrics } from '../../analysis/metrics.ts';
import type { PostRecord } from '../../core/record.ts';
import { authorColumns, authorPseudonym } from './author.ts';
import { type Column, computedColumn as computed, ownColumn as own } from './column.ts';
import { figureColumns } from './figures.ts';
import { musicWords } from './music.ts';
import { identityColumn, provenanceColumns } from './provenance.ts';
import { createdColumns, durationColumn, seconds, utcColumn } from './times.ts';

const personal = { personal: true };

/** A list that is parallel to another; empty where no entry has one, so that a cell is never just separators. */
function parallel(list: readonly (string | null)[]): readonly (string | null)[] {
  return list.some((entry) => entry !== null) ? list : [];
}

export const postIdColumn = own(
  'post_id',
  'string',
  'Id of the post, up to 20 digits: read it as text, numbers lose its last digits.',
  '作品 ID，最多 20 位：请按文本读取，按数字读取会丢失末位。',
);

const identityColumns: readonly Column<PostRecord>[] = [
  identityColumn,
  postIdColumn,
  own('post_url', 'string', 'Public address of the post, without tracking.', '作品公开地址，不含跟踪参数。', personal),
  own('post_type', 'string', 'video, photo, live, story or unknown.', 'video、photo、live、story 或 unknown。'),
  own('caption', 'string', 'The text of the post.', '作品描述。', { text: true }),
  own(
    'caption_language',
    'string',
    'Language of the caption (BCP 47), as the platform says.',
    '平台给出的描述语言（BCP 47）。',
  ),
  own(
    'caption_translated_to',
    'string',
    'The language that the provider may have translated the caption into; empty: as its author wrote it.',
    '提供方可能将描述翻译成的语言；为空表示作者原文。',
  ),
  ...createdColumns({ en: 'the post was published', zh_CN: '发布' }),
  utcColumn('scheduled_at', {
    en: 'The time for which the post was scheduled; empty: none is given.',
    zh_CN: '作品的定时发布时间；未给出则为空。',
  }),
  own(
    'region',
    'string',
    'Region code of the post as the source gives it (ISO 3166-1, or FAKE-AD).',
    '来源给出的作品地区代码（ISO 3166-1，或 FAKE-AD）。',
  ),
  durationColumn,
  own('width', 'integer', 'Width in pixels.', '宽度（像素）。'),
  own('height', 'integer', 'Height in pixels.', '高度（像素）。'),
  own('ratio', 'string', 'Size class of the video as the source calls it (720p).', '来源给出的视频规格（如 720p）。'),
  own(
    'definition',
    'string',
    'Definition of the video as the source calls it (540p).',
    '来源给出的清晰度（如 540p）。',
  ),
];

const countColumns: readonly Column<PostRecord>[] = [
  own(
    'view_count',
    'integer',
    'Views. Empty on Douyin, whose web pages do not give them: never zero.',
    '播放量。抖音网页不提供，故为空，绝不写作零。',
  ),
  own('like_count', 'integer', 'Likes.', '点赞数。'),
  own('comment_count', 'integer', 'Comments.', '评论数。'),
  own('share_count', 'integer', 'Shares.', '分享数。'),
  own('save_count', 'integer', 'Saves (favourites).', '收藏数。'),
  own('repost_count', 'integer', 'Reposts (TikTok).', '转发数（TikTok）。'),
  own('download_count', 'integer', 'Downloads (Douyin).', '下载数（抖音）。'),
  own('forward_count', 'integer', 'Forwards (Douyin).', '转发数（抖音）。'),
  own('recommend_count', 'integer', 'Recommendations (Douyin).', '推荐数（抖音）。'),
  ...figureColumns,
];

const contentColumns: readonly Column<PostRecord>[] = [
  computed('hashtags', 'list', 'Hashtags without #, as written.', '话题标签，不含 #，保留原写法。', (record) =>
    record.hashtags.map(({ name }) => name),
  ),
  computed(
    'hashtag_ids',
    'list',
    "The platform's ids, in the order of hashtags; a gap where one has none.",
    '平台的话题 ID，与 hashtags 顺序一致；没有则留空位。',
    ({ hashtags }) => parallel(hashtags.map(({ id }) => id)),
  ),
  computed(
    'hashtag_origins',
    'list',
    "In the order of hashtags: tag_list (the platform's own list), caption (read from the text) or both.",
    '与 hashtags 顺序一致：tag_list（平台列表）、caption（由描述读出）或 both。',
    (record) => record.hashtags.map(({ origin }) => origin),
  ),
  computed(
    'mentions',
    'list',
    'Accounts that the post mentions: handles (TikTok) or sec_uids (Douyin), or the name as written.',
    '作品提及的账号：用户名（TikTok）、sec_uid（抖音）或原文所写名称。',
    (record) => record.mentions.map(({ account }) => account),
    personal,
  ),
  computed(
    'mention_origins',
    'list',
    'In the order of mentions: tag_list, caption or both, as for hashtags.',
    '与 mentions 顺序一致：tag_list、caption 或 both，含义同话题标签。',
    (record) => record.mentions.map(({ origin }) => origin),
  ),
  own('platform_labels', 'list', "The platform's own classes of the content.", '平台自己的内容分类标签。'),
  own('suggested_words', 'list', 'Searches that the platform suggests with the post.', '平台随作品推荐的搜索词。'),
  own(
    'sticker_text',
    'string',
    'Text laid over the picture, one sticker per line.',
    '画面上的贴纸文字，每行一个贴纸。',
    { text: true },
  ),
  computed(
    'subtitle_languages',
    'list',
    'Languages of the subtitles that the page offers, as the source calls them (eng-US); a gap where it does not say.',
    '页面提供的字幕语言（来源写法，如 eng-US）；未说明则留空位。',
    (record) => record.subtitles.map(({ language }) => language),
  ),
  computed(
    'subtitle_kinds',
    'list',
    'In the order of subtitle_languages: asr (recognised by machine), translated (by machine), creator or unknown.',
    '与 subtitle_languages 顺序一致：asr（机器识别）、translated（机器翻译）、creator（作者上传）或 unknown。',
    (record) => record.subtitles.map(({ kind }) => kind),
  ),
  computed(
    'subtitle_urls',
    'list',
    'Addresses of the subtitles, in the order of subtitle_languages. They expire.',
    '字幕地址，与 subtitle_languages 顺序一致。会失效。',
    (record) => parallel(record.subtitles.map(({ url }) => url)),
    { exportedByDefault: false },
  ),
  own(
    'transcript',
    'string',
    'Text of the speech or the picture, where the page itself carries it.',
    '页面自带的语音或画面文字。',
    { text: true },
  ),
  own(
    'transcript_kind',
    'string',
    'How the transcript came about: asr (speech) or ocr (picture).',
    '文字的来历：asr（语音识别）或 ocr（画面识别）。',
  ),
  own('effects', 'list', 'Names of the effects used.', '所用特效的名称。'),
  own('warning_labels', 'list', 'Warnings that the platform shows with the post.', '平台随作品显示的提示。'),
  own(
    'has_product_link',
    'boolean',
    'Whether a product is linked. Empty: not known.',
    '是否挂有商品链接。为空表示未知。',
  ),
  own('product_ids', 'list', 'Ids of the linked products.', '所挂商品的 ID。'),
  own(
    'ai_generated_label',
    'string',
    'The label for AI-made content, as the source words it.',
    '来源给出的 AI 生成标识原文。',
  ),
  computed(
    'ai_flags',
    'json',
    'Flags about AI as the source gives them: name → JSON text. Their meaning is not published.',
    '来源给出的 AI 相关标记原值：名称 → JSON 文本。平台未公布其含义。',
    (record) => record.ai_flags,
  ),
  own('is_ad', 'boolean', 'Whether the source marks the post as an advertisement.', '来源是否标为广告。'),
  own('is_paid_partnership', 'boolean', 'Whether the source marks a paid partnership.', '来源是否标为付费合作。'),
  computed(
    'paid_flags',
    'json',
    'Flags about advertising and paid work as the source gives them: name → JSON text. Their meaning is not published.',
    '来源给出的广告与付费相关标记原值：名称 → JSON 文本。平台未公布其含义。',
    (record) => record.paid_flags,
  ),
  own('is_pinned', 'boolean', "Whether the post is pinned on its author's profile.", '是否在作者主页置顶。'),
  own('is_original_item', 'boolean', 'Whether the source marks the post as original.', '来源是否标为原创。'),
  own('is_official_item', 'boolean', 'Whether the source marks the post as official.', '来源是否标为官方作品。'),
  own('duet_enabled', 'boolean', 'Whether duets are allowed.', '是否允许合拍。'),
  own('stitch_enabled', 'boolean', 'Whether stitches are allowed.', '是否允许拼接。'),
  own('share_enabled', 'boolean', 'Whether sharing is allowed.', '是否允许分享。'),
  own('comment_enabled', 'boolean', 'Whether everybody may comment.', '是否允许所有人评论。'),
  own('duet_of_post_id', 'string', 'Id of the post that this one is a duet with.', '所合拍作品的 ID。'),
  own('copyright_type', 'string', 'Kind of copyright as the provider calls it.', '提供方给出的版权类型。'),
  own('collection_id', 'string', 'Id of the playlist or mix.', '合集 ID。'),
  own('collection_name', 'string', 'Name of the playlist or mix.', '合集名称。', { text: true }),
  own('collection_position', 'integer', 'Place in the playlist or mix, from 1.', '在合集中的序号（从 1 起）。'),
  own('poi_id', 'string', 'Id of the place that the post is tagged with.', '作品所标地点的 ID。'),
  own('poi_name', 'string', 'Name of that place.', '该地点的名称。'),
  own('poi_city', 'string', 'City of that place.', '该地点所在城市。'),
  own('poi_address', 'string', 'Address of that place.', '该地点的地址。'),
  own('poi_country', 'string', 'Country of that place, as the source gives it.', '来源给出的该地点所在国家。'),
  computed(
    'image_count',
    'integer',
    'Images of a photo post. Empty where none were listed.',
    '图文作品的图片数。未列出则为空。',
    (record) => (record.image_urls.length === 0 ? null : record.image_urls.length),
  ),
  own('image_urls', 'list', 'Addresses of the images. They expire.', '图片地址。会失效。'),
  own('cover_url', 'string', 'Address of the cover picture. It expires.', '封面地址。会失效。'),
  own('media_url', 'string', 'Address of the video file. It expires.', '视频文件地址。会失效。', {
    exportedByDefault: false,
  }),
];

const musicColumns: readonly Column<PostRecord>[] = [
  own('music_id', 'string', ...musicWords.id),
  own('music_title', 'string', ...musicWords.title),
  own('music_author', 'string', ...musicWords.author, personal),
  own('music_is_original', 'boolean', ...musicWords.isOriginal),
  computed('music_duration_s', 'number', ...musicWords.duration, (record) => seconds(record.music_duration_ms)),
  own('music_album', 'string', ...musicWords.album),
  own('music_url', 'string', ...musicWords.url),
];

const metricColumns: readonly Column<PostRecord>[] = metrics.map(({ name, formula, description, compute }) =>
  computed(
    name,
    'number',
    `${description.en} Formula: ${formula}.`,
    `${description.zh_CN}公式：${formula}。`,
    (record, context) => compute(record, context.now),
  ),
);

export const postColumns: readonly Column<PostRecord>[] = [
  ...identityColumns,
  ...countColumns,
  ...contentColumns,
  authorPseudonym,
  ...authorColumns,
  ...musicColumns,
  ...metricColumns,
  ...provenanceColumns,
];
