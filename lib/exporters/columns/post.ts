/** One row per video or photo post. */
import { metrics } from '../../analysis/metrics.ts';
import { isoInZone, isoUtc, resolveTimeZone } from '../../analysis/time.ts';
import { type PostRecord, type Precision, precisionOrder } from '../../core/record.ts';
import { authorColumns } from './author.ts';
import { type Column, computedColumn as computed, ownColumn as own } from './column.ts';
import { provenanceColumns } from './provenance.ts';

const personal = { personal: true };

function seconds(ms: number | null): number | null {
  return ms === null ? null : ms / 1000;
}

/** The notes of the figures that the row has a value for. */
function figureNotes(record: PostRecord) {
  return Object.entries(record.figures).flatMap(([field, note]) => {
    const value: unknown = Reflect.get(record, field);
    return value === null || value === undefined ? [] : [note];
  });
}

function worstPrecision(record: PostRecord): Precision | null {
  const ranks = figureNotes(record).map(({ precision }) => precisionOrder.indexOf(precision));
  return precisionOrder[Math.max(...ranks)] ?? null;
}

/** Parallel to `hashtags`; empty where no hashtag has one, so that a cell is never just separators. */
function hashtagIds({ hashtags }: PostRecord): (string | null)[] {
  return hashtags.some(({ id }) => id !== null) ? hashtags.map(({ id }) => id) : [];
}

const identityColumns: readonly Column<PostRecord>[] = [
  own('platform', 'string', 'tiktok or douyin.', 'tiktok 或 douyin。'),
  own(
    'post_id',
    'string',
    'Id of the post, up to 20 digits: read it as text, numbers lose its last digits.',
    '作品 ID，最多 20 位：请按文本读取，按数字读取会丢失末位。',
  ),
  own('post_url', 'string', 'Public address of the post, without tracking.', '作品公开地址，不含跟踪参数。', personal),
  own('post_type', 'string', 'video, photo, live, story or unknown.', 'video、photo、live、story 或 unknown。'),
  own('caption', 'string', 'The text of the post.', '作品描述。'),
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
  computed('created_at_utc', 'time', 'When the post was published, in UTC.', '发布时间（UTC）。', (record) =>
    isoUtc(record.created_at),
  ),
  computed(
    'created_at_unix',
    'integer',
    'When the post was published, in Unix seconds.',
    '发布时间（Unix 秒）。',
    (record) => (record.created_at === null ? null : Math.floor(record.created_at / 1000)),
  ),
  computed(
    'created_at_local',
    'time',
    'When the post was published, on the clocks of created_at_tz, with offset.',
    '按 created_at_tz 时区表示的发布时间，含偏移量。',
    (record, context) => isoInZone(record.created_at, context.timeZone),
  ),
  computed(
    'created_at_tz',
    'string',
    'IANA zone of created_at_local.',
    'created_at_local 的 IANA 时区。',
    (record, context) => (record.created_at === null ? null : resolveTimeZone(context.timeZone)),
  ),
  computed(
    'created_at_from_id_utc',
    'time',
    'The time that the post id carries: an estimate, usually seconds before publishing, days for scheduled posts.',
    '作品 ID 中包含的时间：估计值，通常早于发布数秒，定时发布的作品可早数天。',
    (record) => isoUtc(record.created_at_from_id),
  ),
  computed(
    'id_time_delta_s',
    'integer',
    'Publishing time minus id time, in seconds. Far from zero: scheduled, or one of the two is wrong.',
    '发布时间减去 ID 时间（秒）。远离零表示定时发布，或其中之一有误。',
    ({ created_at: createdAt, created_at_from_id: idTime }) =>
      createdAt === null || idTime === null ? null : Math.round((createdAt - idTime) / 1000),
  ),
  own(
    'region',
    'string',
    'Region code of the post as the source gives it (ISO 3166-1, or FAKE-AD).',
    '来源给出的作品地区代码（ISO 3166-1，或 FAKE-AD）。',
  ),
  computed('duration_s', 'number', 'Length in seconds.', '时长（秒）。', (record) => seconds(record.duration_ms)),
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
  computed(
    'counts_precision',
    'string',
    "The worst precision of the row's figures: exact, rounded, abbreviated, lower_bound or unknown.",
    '本行数值中最差的精度：exact、rounded、abbreviated、lower_bound 或 unknown。',
    worstPrecision,
  ),
  computed(
    'counts_source',
    'string',
    "Where the row's figures were read: statsV2, stats, dom or api:<provider>; several are joined with ;.",
    '本行数值的出处：statsV2、stats、dom 或 api:<提供方>；多个以 ; 连接。',
    (record) => [...new Set(figureNotes(record).map(({ source }) => source))].join(';') || null,
  ),
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
    hashtagIds,
  ),
  computed(
    'hashtag_origins',
    'list',
    "In the order of hashtags: tag_list (the platform's own list), caption (read from the text) or both.",
    '与 hashtags 顺序一致：tag_list（平台列表）、caption（由描述读出）或 both。',
    (record) => record.hashtags.map(({ origin }) => origin),
  ),
  own(
    'mentions',
    'list',
    'Accounts that the post mentions: handles (TikTok) or sec_uids (Douyin).',
    '作品提及的账号：用户名（TikTok）或 sec_uid（抖音）。',
    personal,
  ),
  own('platform_labels', 'list', "The platform's own classes of the content.", '平台自己的内容分类标签。'),
  own('suggested_words', 'list', 'Searches that the platform suggests with the post.', '平台随作品推荐的搜索词。'),
  own(
    'sticker_text',
    'string',
    'Text laid over the picture, one sticker per line.',
    '画面上的贴纸文字，每行一个贴纸。',
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
  own('is_ad', 'boolean', 'Whether the source marks the post as an advertisement.', '来源是否标为广告。'),
  own('is_paid_partnership', 'boolean', 'Whether the source marks a paid partnership.', '来源是否标为付费合作。'),
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
  own('collection_name', 'string', 'Name of the playlist or mix.', '合集名称。'),
  own('collection_position', 'integer', 'Place in the playlist or mix, from 1.', '在合集中的序号（从 1 起）。'),
  own('poi_name', 'string', 'Name of the place that the post is tagged with.', '作品所标地点的名称。'),
  own('poi_city', 'string', 'City of that place.', '该地点所在城市。'),
  own('poi_address', 'string', 'Address of that place.', '该地点的地址。'),
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
  own('music_id', 'string', 'Id of the sound.', '音乐 ID。'),
  own('music_title', 'string', 'Title of the sound.', '音乐标题。'),
  own(
    'music_author',
    'string',
    'Author of the sound; for an original sound the name of its uploader.',
    '音乐作者；原声则为上传者昵称。',
    personal,
  ),
  own('music_is_original', 'boolean', 'Whether it is an original sound.', '是否为原声。'),
  computed('music_duration_s', 'number', 'Length of the sound in seconds.', '音乐时长（秒）。', (record) =>
    seconds(record.music_duration_ms),
  ),
  own('music_album', 'string', 'Album of the sound.', '音乐专辑。'),
  own('music_url', 'string', 'Address of the sound. It expires.', '音乐地址。会失效。'),
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
  ...authorColumns,
  ...musicColumns,
  ...metricColumns,
  ...provenanceColumns,
];
