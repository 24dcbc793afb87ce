/** `README.md`: which file is what, and how to check and load them, in both languages. */
import { isoUtc } from '../../analysis/time.ts';
import { markdownTable, tableTitles } from '../codebook.ts';
import type { BundleContents } from './contents.ts';

/** File, English, 中文. */
const others: readonly (readonly [string, string, string])[] = [
  [
    '`datapackage.json`',
    'Frictionless Data Package: the columns of the CSV files with types and meanings',
    'Frictionless 数据包描述：CSV 各列的类型与含义',
  ],
  [
    '`CODEBOOK.en.md`, `CODEBOOK.zh.md`',
    'What every column means; formulas of derived figures',
    '每一列的含义；派生指标的公式',
  ],
  [
    '`METHODS.md`',
    'A paragraph for the methods section, and the figures of this data set',
    '可用于论文方法部分的段落，以及本数据集的统计数字',
  ],
  [
    '`PROVENANCE.json`',
    'Versions, choices, sources and counts, for programs',
    '版本、所作选择、来源与计数（供程序读取）',
  ],
  [
    '`CHECKLIST.md`',
    'Questions on terms, law and ethics to answer before the data are shared',
    '共享数据前需回答的条款、法律与伦理问题',
  ],
  ['`load.py`, `load.R`', 'Load all tables with pandas or R', '用 pandas 或 R 读入全部表'],
  ['`SHA256SUMS`', 'Sums of all files: `sha256sum -c SHA256SUMS`', '全部文件的校验和：`sha256sum -c SHA256SUMS`'],
];

/** The text of README.md. */
export function readme({ tables, context }: BundleContents): string {
  const { extensionVersion, now, projectName } = context;
  const title = projectName === undefined || projectName === '' ? 'Clipscope' : projectName.replaceAll(/\s+/gu, ' ');
  const data = tables.map(({ id, rows }): readonly string[] => [
    `\`data/${id}.csv\`, \`.parquet\`, \`.ndjson\``,
    `${tableTitles[id].en}: ${rows} rows, the same in all three`,
    `${tableTitles[id].zh_CN}：${rows} 行，三个文件内容相同`,
  ]);
  const written = isoUtc(now) ?? '';
  return `${[
    `# ${title}`,
    `A research bundle of data from TikTok and Douyin, written by Clipscope ${extensionVersion} on ${written}.`,
    `TikTok 与抖音研究数据包，由 Clipscope ${extensionVersion} 于 ${written} 写出。`,
    markdownTable(['file · 文件', 'what it is', '内容'], [...data, ...others]),
    '- Read ids as text. An empty cell means "not reported", never zero.\n- Empty texts and missing values are both empty cells in CSV; NDJSON and Parquet tell them apart.\n- Times are ISO 8601 in UTC, unless a column says otherwise.',
    '- ID 请按文本读取。空单元格表示“未提供”，绝不表示零。\n- 在 CSV 中空文本与缺失值均为空单元格；NDJSON 与 Parquet 可加以区分。\n- 除非列中另有说明，时间均为 UTC 的 ISO 8601。',
  ].join('\n\n')}\n`;
}
