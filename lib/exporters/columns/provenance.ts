/** Where a row comes from: the columns that make it citable, the same on every table. */
import { isoUtc } from '../../analysis/time.ts';
import type { AnyRecord } from '../../core/record.ts';
import { type Column, computedColumn as computed, ownColumn as own } from './column.ts';

/** Counts up with every change of a column's name or meaning. */
export const schemaVersion = 1;

/** Record fields that are called something else outside. */
const columnNames: Readonly<Record<string, string>> = {
  created_at: 'created_at_utc',
  updated_at: 'updated_at_utc',
  created_at_from_id: 'created_at_from_id_utc',
  duration_ms: 'duration_s',
  music_duration_ms: 'music_duration_s',
  image_urls_expire_at: 'image_urls_expire_at_utc',
};

export const provenanceColumns: readonly Column<AnyRecord>[] = [
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
    (record) =>
      Object.fromEntries(
        Object.entries(record.missing_reasons).map(([field, reason]) => [columnNames[field] ?? field, reason]),
      ),
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
  computed(
    'observed_at_utc',
    'time',
    "When the source saw these values (a provider's cache date, for one). Empty where the source does not say.",
    '来源获得这些数值的时间（例如提供方的缓存时间）。来源未说明则为空。',
    (record) => isoUtc(record.observed_at),
  ),
  computed('fetched_at_utc', 'time', 'When Clipscope got the values.', 'Clipscope 取得数值的时间。', (record) =>
    isoUtc(record.fetched_at),
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
