/** The codebook's part on presets: every column of every one, what it is made of, and why it may stay empty. */
import { type TableId, tableIds } from '../../core/export-choices.ts';
import { type Platform, platforms } from '../../core/ref.ts';
import type { ColumnInfo } from '../columns/column.ts';
import { columnsOfTable } from '../tables.ts';
import { presets } from './index.ts';
import type { Preset, PresetColumn } from './preset.ts';

export type PresetLanguage = keyof ColumnInfo['description'];

/** The columns of one table of a preset. `platform`: null where they are the same for both. */
export interface PresetTable {
  readonly table: TableId;
  readonly platform: Platform | null;
  readonly columns: readonly PresetColumn[];
}

/** Every table that a preset has, in the order in which tables are written. */
export function presetTables(preset: Preset): readonly PresetTable[] {
  return tableIds.flatMap((table) =>
    (preset.isOfOnePlatform ? platforms : [null]).flatMap((platform): PresetTable[] => {
      const columns = preset.columns(table, platform);
      return columns ? [{ table, platform, columns }] : [];
    }),
  );
}

/** What a column means: in its own words, or those of the first column that it is made of; why it stays empty, where it does. */
export function presetDescription(column: PresetColumn, table: TableId): ColumnInfo['description'] | null {
  const [first] = column.from;
  const source = columnsOfTable(table).find(({ name }) => name === first);
  return column.description ?? column.unfillable ?? source?.description ?? null;
}

const words = {
  title: { en: 'Header presets', zh_CN: '表头预设' },
  introduction: {
    en: 'The columns of other tools, made of ours. ✕ marks a column that stays empty, and says why. A column made of one that names a person holds the pseudonym, or nothing, unless personal data was chosen; one made of texts is empty where texts are withheld. What is not known is an empty cell in every preset, also where the tool itself writes 0, -1 or a word.',
    zh_CN:
      '其他工具的列，由我们的列得出。✕ 表示始终为空的列，并说明原因。由可识别个人的列得出者，未选择个人数据时为化名或留空；由文本得出者，在不含文本时留空。未知值在所有预设中均为空单元格，即使该工具自身写作 0、-1 或文字。',
  },
  column: { en: 'column', zh_CN: '列' },
  type: { en: 'type', zh_CN: '类型' },
  from: { en: 'made of', zh_CN: '来源列' },
  meaning: { en: 'meaning', zh_CN: '含义' },
  source: { en: 'Source', zh_CN: '依据' },
} as const satisfies Readonly<Record<string, ColumnInfo['description']>>;

/** What stands before a table's columns: `four-cat · comment · tiktok`. */
function headingOf({ id }: Preset, { table, platform }: PresetTable): string {
  return `### ${[`\`${id}\``, table, ...(platform === null ? [] : [platform])].join(' · ')}`;
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function columnRow(column: PresetColumn, table: TableId, languages: readonly PresetLanguage[]): string {
  const meaning = presetDescription(column, table);
  const mark = column.unfillable ? '✕ ' : '';
  return rowOf([
    `\`${column.header}\``,
    column.type,
    column.from.map((name) => `\`${name}\``).join(' '),
    ...languages.map((language) => `${mark}${meaning?.[language] ?? ''}`),
  ]);
}

/** The sections in Markdown, from a heading of the second level; without a language in both. */
export function presetSections(language?: PresetLanguage): string {
  const languages: readonly PresetLanguage[] = language ? [language] : ['en', 'zh_CN'];
  const both = (text: ColumnInfo['description']): string => languages.map((one) => text[one]).join(' · ');
  const head = [...[words.column, words.type, words.from].map(both), ...languages.map((one) => words.meaning[one])];
  const rule = `|${head.map(() => '---').join('|')}|`;
  const sections = presets
    .filter(({ id }) => id !== 'native')
    .flatMap((preset) =>
      presetTables(preset).map((part, index) =>
        [
          headingOf(preset, part),
          '',
          ...(index === 0 ? [`${both(words.source)}: ${preset.source}`, ''] : []),
          rowOf(head),
          rule,
          ...part.columns.map((column) => columnRow(column, part.table, languages)),
          '',
        ].join('\n'),
      ),
    );
  const introduction = languages.map((one) => words.introduction[one]).join('\n\n');
  return [`## ${both(words.title)}\n\n${introduction}\n`, ...sections].join('\n');
}
