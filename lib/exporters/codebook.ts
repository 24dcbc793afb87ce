/** The codebook: what every column means, in one language or in both. docs/codebook.md and the texts of a bundle are made of it. */
import { type Metric, metrics } from '../analysis/metrics.ts';
import { type TableId, tableIds } from '../core/export-choices.ts';
import type { ColumnInfo } from './columns/column.ts';
import { columnNameOf, schemaVersion } from './columns/provenance.ts';
import { isExportedByDefault } from './columns.ts';
import { columnsOfTable } from './tables.ts';

export type CodebookLanguage = keyof ColumnInfo['description'];

/** A table with the columns that are to be described: all of them, or those of a file. */
export interface CodebookTable {
  readonly id: TableId;
  readonly columns: readonly ColumnInfo[];
}

/** What a table is called, for people. */
export const tableTitles: { readonly [Table in TableId]: ColumnInfo['description'] } = {
  post: { en: 'Posts', zh_CN: '作品' },
  product: { en: 'Products', zh_CN: '商品' },
  sku: { en: 'SKUs', zh_CN: 'SKU' },
  author: { en: 'Authors', zh_CN: '作者' },
  hashtag: { en: 'Hashtags', zh_CN: '话题' },
  music: { en: 'Sounds', zh_CN: '音乐' },
  collection: { en: 'Collections', zh_CN: '合集' },
  comment: { en: 'Comments', zh_CN: '评论' },
  review: { en: 'Reviews', zh_CN: '商品评价' },
  live: { en: 'Live rooms', zh_CN: '直播间' },
  shop: { en: 'Shops', zh_CN: '店铺' },
  post_hashtag: { en: 'Hashtags of posts (one row each)', zh_CN: '作品的话题标签（每行一个）' },
  observation: { en: 'Observations (one row per figure)', zh_CN: '观测记录（每行一个数值）' },
};

interface Words {
  readonly title: string;
  readonly version: string;
  readonly notes: readonly string[];
  /** Heads of a column's row: column, type, marks, meaning. */
  readonly column: readonly [string, string, string, string];
  readonly derived: string;
  readonly derivedNotes: readonly string[];
  /** Heads of a derived figure's row: column, formula, inputs, n, meaning. */
  readonly metric: readonly [string, string, string, string, string];
  /** What a value of a derived figure is computed from. */
  readonly n: string;
}

const words: { readonly [Language in CodebookLanguage]: Words } = {
  en: {
    title: 'Codebook',
    version: 'Schema version',
    notes: [
      'An empty cell means "not reported", never zero; `missing_reasons` says why where it is known.',
      'Read ids as text: they have up to 20 digits, and numbers lose the last ones. R: `read_csv(file, col_types = cols(.default = col_character()))`; pandas: `read_csv(file, dtype=str, keep_default_na=False)`.',
      'Times are ISO 8601. Lists are joined with `;`; inside an element `;` is written `\\;` and `\\` is written `\\\\`.',
      'CSV files are UTF-8 with a byte order mark, RFC 4180. Values are not altered: a caption may begin with `=`, so do not open files of unknown origin in a spreadsheet without importing the columns as text.',
      '● marks what names, shows or addresses a person: left out unless personal data was chosen. ◇ marks words that a person wrote or said: left out where text is withheld. ◆ marks the pseudonym: written where people have pseudonyms. ○ marks what is not exported unless chosen.',
    ],
    column: ['column', 'type', 'marks', 'meaning'],
    derived: 'Derived figures',
    derivedNotes: [
      'Computed from other columns of the same row. Empty where one of the inputs is empty or the divisor is zero; rounded to six decimals.',
    ],
    metric: ['column', 'formula', 'inputs', 'n', 'meaning'],
    n: '1 post',
  },
  zh_CN: {
    title: '字段说明',
    version: '版本',
    notes: [
      '空单元格表示“未提供”，绝不表示零；已知原因见 `missing_reasons`。',
      'ID 请按文本读取：最多 20 位，按数字读取会丢失末位。R：`read_csv(file, col_types = cols(.default = col_character()))`；pandas：`read_csv(file, dtype=str, keep_default_na=False)`。',
      '时间为 ISO 8601。列表以 `;` 连接；元素内的 `;` 写作 `\\;`，`\\` 写作 `\\\\`。',
      'CSV 为带 BOM 的 UTF-8，遵循 RFC 4180。数值不作改动：描述可能以 `=` 开头，请以文本方式导入电子表格。',
      '● 表示可识别个人的列：未选择个人数据时不写出。◇ 表示个人所写或所说的文字：选择隐去文字时不写出。◆ 表示化名：使用化名时写出。○ 表示默认不导出的列。',
    ],
    column: ['列名', '类型', '标记', '含义'],
    derived: '派生指标',
    derivedNotes: ['由同一行的其他列计算。任一输入为空或除数为零时留空；保留六位小数。'],
    metric: ['列名', '公式', '输入', 'n', '含义'],
    n: '1 个作品',
  },
};

/** A row of a Markdown table. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll(/\s+/gu, ' ').replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

/** A Markdown table. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [markdownRow(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(markdownRow)].join('\n');
}

function marksOf(column: ColumnInfo): string {
  return [
    column.personal ? '●' : '',
    column.text ? '◇' : '',
    column.pseudonym ? '◆' : '',
    isExportedByDefault(column) || column.pseudonym ? '' : '○',
  ].join('');
}

/** Both languages with a point between, or the one that is asked for. */
function said(languages: readonly CodebookLanguage[], of: (language: CodebookLanguage) => string): string {
  return [...new Set(languages.map(of))].join(' · ');
}

function section({ id, columns }: CodebookTable, languages: readonly CodebookLanguage[]): string {
  const at = (index: 0 | 1 | 2 | 3) => said(languages, (language) => words[language].column[index]);
  const meanings = languages.map((language) => words[language].column[3]);
  const rows = columns.map((column) => [
    `\`${column.name}\``,
    column.type,
    marksOf(column),
    ...languages.map((language) => column.description[language]),
  ]);
  const title = said(languages, (language) => tableTitles[id][language]);
  return `## ${title}\n\n${markdownTable([at(0), at(1), at(2), ...meanings], rows)}\n`;
}

/** The columns that a derived figure is computed from. */
export function inputColumns({ inputs }: Metric): readonly string[] {
  return inputs.map(columnNameOf);
}

function derivedSection(tables: readonly CodebookTable[], languages: readonly CodebookLanguage[]): string | null {
  const shown = new Set(
    tables.filter(({ id }) => id === 'post').flatMap(({ columns }) => columns.map(({ name }) => name)),
  );
  const list = metrics.filter(({ name }) => shown.has(name));
  if (list.length === 0) return null;
  const at = (index: 0 | 1 | 2 | 3) => said(languages, (language) => words[language].metric[index]);
  const meanings = languages.map((language) => words[language].metric[4]);
  const rows = list.map((metric) => [
    `\`${metric.name}\``,
    metric.formula,
    inputColumns(metric)
      .map((name) => `\`${name}\``)
      .join(', '),
    said(languages, (language) => words[language].n),
    ...languages.map((language) => metric.description[language]),
  ]);
  const notes = languages.flatMap((language) => words[language].derivedNotes).map((note) => `- ${note}`);
  const title = said(languages, (language) => words[language].derived);
  return `## ${title}\n\n${notes.join('\n')}\n\n${markdownTable([at(0), at(1), at(2), at(3), ...meanings], rows)}\n`;
}

/** Every table with all of its columns. */
export const allTables: readonly CodebookTable[] = tableIds.map((id) => ({ id, columns: columnsOfTable(id) }));

/** The codebook of some tables as Markdown: in the languages that are asked for, both by default. */
export function codebook(
  languages: readonly CodebookLanguage[] = ['en', 'zh_CN'],
  tables: readonly CodebookTable[] = allTables,
): string {
  const title = said(languages, (language) => words[language].title);
  const version = said(languages, (language) => words[language].version);
  const notes = languages.map((language) => `${words[language].notes.map((note) => `- ${note}`).join('\n')}\n`);
  const sections = tables.map((table) => section(table, languages));
  const derived = derivedSection(tables, languages);
  const parts = [`# ${title}\n`, `${version}: ${schemaVersion}\n`, ...notes, ...sections];
  return [...parts, ...(derived === null ? [] : [derived])].join('\n');
}
