/** What every preset writes of things about which nothing is known. */
import { expect, test } from 'vitest';
import type { TableId } from '../../core/export-choices.ts';
import { bareRecords, postRecord } from '../../core/record.samples.ts';
import type { AnyRecord } from '../../core/record.ts';
import type { Platform } from '../../core/ref.ts';
import { presetTables } from './describe.ts';
import { presets } from './index.ts';
import { rowOf } from './preset.samples.ts';

/** The headers under which something is written. */
async function filledIn(preset: string, record: AnyRecord, platform?: Platform | null): Promise<readonly string[]> {
  const row = await rowOf(preset, record, platform);
  return Object.keys(row).filter((header) => {
    const value = row[header] ?? null;
    return Array.isArray(value) ? value.length > 0 : value !== null;
  });
}

/** What is known of everything: its ids, that it was asked for, and that it is there. */
const knownOfAll: Readonly<Record<string, readonly string[]>> = {
  'zh post': ['视频ID', '版权类型', '视频状态', '请求时间'],
  'zh product': ['商品ID', '请求时间'],
  'zh author': ['创作者ID', '请求时间'],
  'zh comment': ['评论ID', '请求时间'],
  'four-cat post tiktok': ['id', 'thread_id'],
  'four-cat post douyin': ['id', 'post_url'],
  'four-cat comment tiktok': ['id'],
  'zeeschuimer-csv post tiktok': ['id', 'thread_id'],
  'zeeschuimer-csv post douyin': ['id', 'post_url'],
  'zeeschuimer-csv comment tiktok': ['id'],
  'apify post': ['id'],
  'apify comment': ['cid'],
  'minet post': ['id', 'video_id'],
  'research-api post': ['id'],
  'research-api product': ['product_id'],
  'research-api author': [],
  'research-api comment': ['id'],
  'research-api shop': ['shop_id'],
  'pyktok post': ['video_id'],
  'douk-zh post': ['采集时间', '作品ID'],
  'douk-zh author': ['采集时间', 'UID'],
  'douk-zh comment': ['采集时间', '评论ID'],
};

const bare: { readonly [Table in TableId]?: AnyRecord } = { ...bareRecords };

test.each(
  presets
    .filter(({ id }) => id !== 'native')
    .flatMap((preset) =>
      presetTables(preset).map(({ table, platform }) => ({
        id: preset.id,
        table,
        platform,
        name: [preset.id, table, ...(platform ? [platform] : [])].join(' '),
      })),
    ),
)('$name: of what nothing is known, every other cell is empty', async ({ id, table, platform, name }) => {
  const record = bare[table];
  if (!record) throw new Error(`no bare ${table}`);
  expect(await filledIn(id, { ...record, platform: platform ?? record.platform }, platform)).toEqual(knownOfAll[name]);
});

test('a figure of zero stays a zero, and one that is not known is empty', async () => {
  const zero = postRecord({ like_count: 0, view_count: 0 });
  expect(await rowOf('four-cat', zero)).toMatchObject({ likes: 0, plays: 0, comments: null });
  expect(await rowOf('zh', zero)).toMatchObject({ 点赞数: 0, 播放量: 0, 评论数: null });
});
