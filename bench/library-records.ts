/**
 * A library for measuring: shape-true records of invented people, the same for the same number. Posts mostly, and the
 * products and authors beside them; captions in English and Chinese; as many and as long addresses as real ones have.
 * Runs in Node and in a page.
 */
import { deriveRecord } from '../lib/core/derive.ts';
import { differencesOf } from '../lib/core/differences.ts';
import { type Observation, toObservation } from '../lib/core/observation.ts';
import { makeAuthor, makePost, makeProduct, type RecordOrigin } from '../lib/core/record-factory.ts';
import type { AnyRecord, HashtagUse, PageType } from '../lib/core/record.ts';
import type { Platform, RefKey } from '../lib/core/ref.ts';
import type { KeptRecord, Membership, ViewInterval } from '../lib/storage/database.ts';

export { summaryOf } from '../lib/core/record-summary.ts';

/** Everything that is stored of one thing. */
export interface StoredThing {
  readonly observations: readonly Observation[];
  readonly kept: KeptRecord;
  readonly membership: Membership;
}

const dayMs = 86_400_000;
/** The newest thing is published here; the oldest two years before. */
const newestAt = Date.UTC(2026, 10, 1);
const spanDays = 730;
const authorCount = 4_000;

type Random = () => number;

/** Mulberry32: small, and good enough to scatter things. */
function randomOf(seed: number): Random {
  let state = (seed * 0x9e3779b1 + 0x6d2b79f5) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<Value>(random: Random, list: readonly Value[]): Value {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new Error('An empty list.');
  return found;
}

/** Few are used much, most are used little. */
function skewed(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(count * random() ** 2.5));
}

const english =
  'rye bread baked slow in the old iron pot my grandmother left me and this is how the crust sings after ten minutes out of oven wait for it summer dress under twenty haul honest review part two garden tour small flat cleaning routine before work morning train city lights rain coffee'.split(
    ' ',
  );
const chinese = [
  '今天教大家做一道家常红烧茄子',
  '夏日穿搭分享小个子显高技巧',
  '这家店的衬衫质量真的不错',
  '三分钟学会手冲咖啡',
  '周末去海边看日落',
  '开箱新买的露营装备',
  '猫咪第一次见到雪的反应',
  '老城区的早市烟火气十足',
  '直播间同款连衣裙上身效果',
  '记录普通人的一天',
];
const topics = ['ootd', 'bread', 'fyp', '穿搭', '家常菜', 'haul', 'kitchen', '露营', 'review', '日常', 'cats', '咖啡'];

function hex(random: Random, length: number): string {
  let text = '';
  while (text.length < length)
    text += Math.floor(random() * 16 ** 8)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, length);
}

/** A signed address of a picture or a video, which fills much of a real record. */
function signed(random: Random, kind: string, length: number): string {
  const start = `https://p16-sign-va.invented.test/tos-maliva-p-0068/${hex(random, 32)}~${kind}.jpeg?lk3s=${hex(random, 8)}&x-expires=1793000000&x-signature=`;
  return start + hex(random, Math.max(8, length - start.length));
}

function origin(platform: Platform, at: number, provider: string | null): RecordOrigin {
  return {
    platform,
    provenance: {
      collected_via: provider === null ? 'page_xhr' : 'api',
      api_provider: provider,
      api_endpoint: provider === null ? null : `${provider}/item_get_video`,
      collected_from_url: provider === null ? `https://www.${platform}.com/foryou` : null,
      observed_at: at,
      fetched_at: at + 900,
      raw_sha256: hex(randomOf(at % 1_000_003), 64),
    },
    figureSource: provider === null ? 'statsV2' : `api:${provider}`,
  };
}

const value = <Value>(of: Value): { readonly value: Value } => ({ value: of });

function hashtagsOf(random: Random): HashtagUse[] {
  const names = new Set<string>();
  for (let left = 2 + Math.floor(random() * 6); left > 0; left--) {
    const number = skewed(random, 3_000);
    names.add(number < topics.length ? (topics[number] ?? '') : `${pick(random, topics)}${number}`);
  }
  return [...names].map((name) => ({ name, id: String(1_600_000_000_000_000 + name.length), origin: 'both' }));
}

function captionOf(random: Random, platform: Platform, hashtags: readonly HashtagUse[]): string {
  const words =
    platform === 'douyin'
      ? Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(random, chinese)).join('，')
      : Array.from({ length: 6 + Math.floor(random() * 14) }, () => pick(random, english)).join(' ');
  return `${words} ${hashtags.map(({ name }) => `#${name}`).join(' ')}`;
}

/** Digits as real ids have them: the time in the high 32 bits. */
function idAt(at: number, index: number): string {
  return String((BigInt(Math.floor(at / 1000)) << 32n) | BigInt(index));
}

/** What every record of an author says of it. */
function authorFields(number: number) {
  const random = randomOf(number + 7_000_000);
  const platform: Platform = number % 3 === 0 ? 'douyin' : 'tiktok';
  const followers = Math.floor(10 ** (2 + random() * 5));
  const handle = `invented.person${number}`;
  return {
    platform,
    fields: {
      author_id: value(String(6_900_000_000_000_000_000n + BigInt(number))),
      author_sec_id: value(`MS4wLjABAAAA${hex(random, 64)}`),
      author_handle: value(handle),
      author_name: value(platform === 'douyin' ? `虚构用户${number}` : `Invented Person ${number}`),
      author_url: value(`https://www.${platform}.com/@${handle}`),
      author_bio: value(platform === 'douyin' ? pick(random, chinese) : 'I bake, and I write about it every other day'),
      author_avatar_url: value(signed(random, 'avatar', 240)),
      author_verified: value(random() < 0.1),
      author_private: value(false),
      author_is_seller: value(random() < 0.2),
      author_follower_count: value(followers),
      author_following_count: value(Math.floor(random() * 900)),
      author_likes_received_count: value(followers * 12),
      author_likes_given_count: value(Math.floor(random() * 9_000)),
      author_post_count: value(20 + Math.floor(random() * 600)),
    },
  };
}

function postAt(index: number, at: number, provider: string | null, growth: number): AnyRecord {
  const random = randomOf(index);
  const { platform, fields } = authorFields(skewed(random, authorCount));
  const createdAt = newestAt - Math.floor(random() * spanDays * dayMs);
  const hashtags = hashtagsOf(random);
  const views = Math.floor(10 ** (2 + random() * 5) * growth);
  const likes = Math.floor(views * (0.02 + random() * 0.1));
  const isPhoto = random() < 0.12;
  const cover = signed(random, 'cover', 290);
  return makePost(origin(platform, at, provider), idAt(createdAt, index), 'ok', {
    post_url: value(`https://www.${platform}.com/video/${idAt(createdAt, index)}`),
    post_type: value(isPhoto ? 'photo' : 'video'),
    caption: value(captionOf(random, platform, hashtags)),
    caption_language: value(platform === 'douyin' ? 'zh' : 'en'),
    created_at: value(createdAt),
    created_at_from_id: value(createdAt),
    region: value(platform === 'douyin' ? 'CN' : pick(random, ['US', 'SE', 'DE', 'BR', 'JP'])),
    duration_ms: value(isPhoto ? 0 : 8_000 + Math.floor(random() * 170_000)),
    width: value(576),
    height: value(1024),
    ratio: value('540p'),
    definition: value('540p'),
    ...(platform === 'tiktok' ? { view_count: value(views) } : { view_count: { missing: 'not_exposed_on_web' } }),
    like_count: value(likes),
    comment_count: value(Math.floor(likes * 0.03)),
    share_count: value(Math.floor(likes * 0.06)),
    save_count: value(Math.floor(likes * 0.11)),
    repost_count: value(0),
    hashtags: value(hashtags),
    platform_labels: value([pick(random, ['Food', 'Outfit', 'Pets', '美食', '时尚'])]),
    suggested_words: value([pick(random, english), pick(random, english)]),
    subtitles: value(
      platform === 'tiktok' && !isPhoto
        ? ['eng-US', 'spa-ES'].map((language) => ({
            language,
            kind: 'asr' as const,
            format: 'webvtt',
            url: signed(random, 'subtitle', 420),
          }))
        : [],
    ),
    has_product_link: value(random() < 0.1),
    music_id: value(String(7_300_000_000_000_000_000n + BigInt(skewed(random, 9_000)))),
    music_title: value('original sound'),
    music_author: value('Invented Person'),
    music_is_original: value(random() < 0.6),
    music_duration_ms: value(61_000),
    music_url: value(signed(random, 'music', 160)),
    cover_url: value(cover),
    media_url: value(signed(random, 'play', 620)),
    image_urls: value(isPhoto ? [cover, signed(random, 'photo', 290), signed(random, 'photo', 290)] : []),
    is_ad: value(random() < 0.02),
    is_pinned: value(false),
    is_original_item: value(false),
    is_official_item: value(false),
    duet_enabled: value(true),
    stitch_enabled: value(true),
    share_enabled: value(true),
    comment_enabled: value(true),
    ai_flags: value({ IsAigc: 'false', aigcLabelType: '0' }),
    paid_flags: value({ isAd: 'false', adAuthorization: 'false' }),
    ...fields,
  });
}

function productAt(index: number, at: number, provider: string | null, growth: number): AnyRecord {
  const random = randomOf(index + 20_000_000);
  const platform: Platform = random() < 0.7 ? 'douyin' : 'tiktok';
  const price = 900 + Math.floor(random() * 60_000 * growth);
  const shop = skewed(random, 800);
  return makeProduct(origin(platform, at, provider), String(3_514_000_000_000_000_000n + BigInt(index)), 'ok', {
    product_url: value(`https://haohuo.invented.test/item?id=${index}`),
    product_name: value(`${pick(random, chinese)} ${pick(random, ['衬衫', '连衣裙', '保温杯', '帐篷'])} ${index}`),
    product_description: value(Array.from({ length: 6 }, () => pick(random, chinese)).join('。')),
    brand: value(`Invented ${shop % 40}`),
    price_minor: value(price),
    price_min_minor: value(price),
    price_max_minor: value(price + 4_000),
    list_price_minor: value(price + 9_000),
    currency: value(platform === 'douyin' ? 'CNY' : 'USD'),
    price_unit_source: value('declared'),
    sold_count: { value: Math.floor(10 ** (1 + random() * 4)), precision: 'lower_bound', raw: '1.3万+' },
    rating: value(Math.round((3.5 + random() * 1.5) * 10) / 10),
    review_count: value(Math.floor(random() * 4_000)),
    category_l1: value(pick(random, ['女装', '食品饮料', '户外', '家居'])),
    category_l2: value(pick(random, ['衬衫', '茶', '帐篷', '收纳'])),
    attributes: value({ 品牌: `Invented ${shop % 40}`, 成分含量: '棉95%', 货号: `X-${index}` }),
    options: value([{ name: '颜色分类', values: ['白色', '黑色', '蓝色'] }]),
    sku_count: value(6),
    stock_total: value(Math.floor(random() * 9_000)),
    free_shipping: value(true),
    service_tags: value(['7天无理由', '运费险']),
    listing_status: value('on_sale'),
    shop_id: value(String(8_800_000_000 + shop)),
    shop_name: value(`虚构店铺${shop}`),
    image_urls: value(Array.from({ length: 5 }, () => signed(random, 'product', 220))),
  });
}

function authorAt(index: number, at: number, provider: string | null): AnyRecord {
  const { platform, fields } = authorFields(index);
  const record = makeAuthor(origin(platform, at, provider), 'ok', fields);
  if (!record) throw new Error('An author without an id.');
  return record;
}

/** Of a hundred things eighty-four are posts, twelve products and four authors. */
function recordAt(index: number, at: number, provider: string | null, growth: number): AnyRecord {
  const kind = index % 100;
  if (kind < 84) return postAt(index, at, provider, growth);
  return kind < 96
    ? productAt(index, at, provider, growth)
    : authorAt(Math.floor(index / 100) * 4 + kind - 96, at, provider);
}

/** The thing of this number, from 0, with one to three observations of it. */
export function storedThing(index: number, project = 'default'): StoredThing {
  const random = randomOf(index + 50_000_000);
  const looks = 1 + Math.floor(random() ** 2 * 3);
  const firstLook = newestAt + Math.floor(random() * 9 * dayMs);
  const observations = Array.from({ length: looks }, (_, look) => {
    const provider = random() < 0.25 ? pick(random, ['gateway', 'key-secret']) : null;
    return toObservation(recordAt(index, firstLook + look * dayMs, provider, 1 + look * 0.2));
  });
  const record = deriveRecord(observations);
  const ref = observations[0]?.ref_key;
  if (!record || !ref) throw new Error('A thing without a record.');
  return {
    observations,
    kept: {
      ref_key: ref,
      record,
      observation_count: looks,
      differences: differencesOf(observations),
      view_interval: intervalOf(observations),
    },
    membership: membershipOf(ref, project, index, firstLook, record.platform),
  };
}

function intervalOf(observations: readonly Observation[]): ViewInterval | null {
  const views = observations.flatMap(({ record, observed_at: at }) =>
    record.record_type === 'post' && record.view_count !== null ? [{ value: record.view_count, at }] : [],
  );
  const [earlier, later] = views.slice(-2);
  return earlier && later ? { earlier, later } : null;
}

function membershipOf(ref: RefKey, project: string, index: number, at: number, platform: Platform): Membership {
  const queryType: PageType = 'search';
  return {
    project,
    ref_key: ref,
    saved_at: at,
    sighting: {
      query_type: queryType,
      query_text: topics[index % topics.length] ?? null,
      page_tab: 'video',
      feed_personalised: false,
      result_rank: 1 + (index % 60),
      shown_on_page: true,
      first_seen_at: at,
      last_seen_at: at + 60_000,
    },
    page_url: `https://www.${platform}.com/search`,
  };
}
