/** Where a row comes from: the columns that make it citable, the same on every table. */
import { pageTypes, type RecordBase, type Sighting } from '../../core/record.ts';
import { type Column, type JsonValue, computedColumn as computed, ownColumn as own } from './column.ts';
import { utcColumn } from './times.ts';

/** Counts up with every change of a column's name or meaning. */
export const schemaVersion = 3;

/** Record fields that are called something else outside, beside the times and durations. */
const columnNames: Readonly<Record<string, string>> = { subtitles: 'subtitle_languages' };

/** A table asks for the same fields in every row. */
const known = new Map<string, string>();

/** The column that shows a record's field. */
export function columnNameOf(field: string): string {
  const before = known.get(field);
  if (before !== undefined) return before;
  const name = columnNames[field] ?? field.replace(/_at(?:_from_id)?$/u, '$&_utc').replace(/_ms$/u, '_s');
  known.set(field, name);
  return name;
}

export const identityColumn = own('platform', 'string', 'tiktok or douyin.', 'tiktok 或 douyin。');

/** Where and how the researcher met the thing: see `Sighting`. */
const sightingColumns: readonly Column<Sighting>[] = [
  own(
    'query_type',
    'string',
    `What kind of page listed it: ${pageTypes.join(', ')}. Empty: not met on a page.`,
    `列出它的页面类型：${pageTypes.join('、')}。为空表示并非在页面上遇到。`,
  ),
  own(
    'query_text',
    'string',
    'The search words, hashtag or name that this page was opened with.',
    '该页面所用的搜索词、话题或名称。',
    { personal: true },
  ),
  own(
    'page_tab',
    'string',
    'The tab of a profile or a search (liked, video).',
    '主页或搜索的标签页（如 liked、video）。',
  ),
  own(
    'feed_personalised',
    'boolean',
    'Whether the platform chose the list for this viewer (For You, Following). Empty: not known.',
    '列表是否由平台为该浏览者挑选（推荐、关注）。为空表示未知。',
  ),
  own(
    'result_rank',
    'integer',
    "Place in the page's list as shown, from 1. Empty: not shown, or no list.",
    '在页面列表中的显示位置（从 1 起）。为空表示未显示或并非列表。',
  ),
  own(
    'shown_on_page',
    'boolean',
    'Whether the page showed it; false: the page loaded it without showing it yet.',
    '页面是否显示过；false 表示页面已加载但尚未显示。',
  ),
  utcColumn('first_seen_at', { en: 'When it was first met on a page.', zh_CN: '首次在页面上遇到的时间。' }),
  utcColumn('last_seen_at', { en: 'When it was last met on a page.', zh_CN: '最近一次在页面上遇到的时间。' }),
];

export const provenanceColumns: readonly Column<RecordBase>[] = [
  own(
    'availability',
    'string',
    'Whether the thing could be seen: ok, removed, private, region_blocked, login_wall, captcha, not_available or unknown.',
    '能否看到：ok、removed、private、region_blocked、login_wall、captcha、not_available 或 unknown。',
  ),
  computed(
    'missing_reasons',
    'json',
    'Column → why it is empty: not_in_response, not_exposed_on_web, redacted, parse_error or not_observed.',
    '列名 → 为空的原因：not_in_response、not_exposed_on_web、redacted、parse_error 或 not_observed。',
    ({ missing_reasons: reasons }) => {
      const named: Record<string, JsonValue> = {};
      for (const field of Object.keys(reasons)) named[columnNameOf(field)] = reasons[field] ?? null;
      return named;
    },
  ),
  own(
    'collected_via',
    'string',
    'How the newest observation was made: page_json, page_xhr, dom, api or import.',
    '最近一次观测的方式：page_json、page_xhr、dom、api 或 import。',
  ),
  own(
    'api_provider',
    'string',
    'Id of the API provider that answered; empty for what the page itself carried.',
    '应答的 API 提供方标识；来自页面本身的数据则为空。',
  ),
  own(
    'api_endpoint',
    'string',
    "The provider's method that was called; never with a key or a query string.",
    '所调用的提供方方法；绝不包含密钥或查询字符串。',
  ),
  own(
    'collected_from_url',
    'string',
    'Address of the page that was open, without its query.',
    '当时打开的页面地址，不含查询部分。',
    { personal: true },
  ),
  utcColumn('observed_at', {
    en: "When the source saw these values (a provider's cache date, for one). Empty where the source does not say.",
    zh_CN: '来源获得这些数值的时间（例如提供方的缓存时间）。来源未说明则为空。',
  }),
  utcColumn('fetched_at', { en: 'When Clipscope got the values.', zh_CN: 'Clipscope 取得数值的时间。' }),
  own(
    'raw_sha256',
    'string',
    'SHA-256 of the JSON that the row was read from, after what concerns the viewer was taken out of it.',
    '本行所依据 JSON 的 SHA-256，计算前已去除与浏览者有关的内容。',
  ),
  ...sightingColumns,
  computed(
    'pseudonym_scheme',
    'string',
    'What became of people in this file: none (named as they are), redacted (left out) or hmac-sha256:<id of the key>.',
    '本文件对个人信息的处理：none（原样）、redacted（删去）或 hmac-sha256:<密钥标识>。',
    (_record, { choices, pseudonyms }) => {
      if (choices.personal === 'include') return 'none';
      return choices.personal === 'pseudonyms' && pseudonyms ? pseudonyms.scheme : 'redacted';
    },
  ),
  computed('schema_version', 'integer', 'Version of this codebook.', '本字段说明的版本。', () => schemaVersion),
  computed(
    'extension_version',
    'string',
    'Version of Clipscope that wrote the row.',
    '写出此行的 Clipscope 版本。',
    (_record, context) => context.extensionVersion,
  ),
];
