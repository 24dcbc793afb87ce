/** The sentences of METHODS.md. They are part of a file, in both languages at once, and so not of the interface's words. */
import type { PersonalMode, Stratum } from '../../core/export-choices.ts';
import { schemaVersion } from '../columns/provenance.ts';

export interface MethodsWords {
  readonly title: string;
  readonly figures: string;
  readonly figuresNote: string;
  readonly none: string;
  readonly comma: string;
  readonly period: (from: string, to: string, known: number, total: number) => string;
  readonly rows: string;
  readonly things: string;
  readonly platforms: string;
  readonly published: string;
  readonly observed: string;
  readonly fetched: string;
  readonly sources: string;
  readonly queries: string;
  readonly presetColumns: string;
  readonly leftOut: {
    readonly personal: string;
    readonly text: string;
    readonly beyondIds: string;
    readonly unchosen: string;
  };
  /** Column, rows with a value, of these exact, rows without one, why. */
  readonly countHeads: readonly [string, string, string, string, string];
  readonly derivedHeads: readonly [string, string];
  /** `project`: empty where it is not to be named. */
  readonly written: (project: string, version: string, time: string) => string;
  readonly holds: (rows: string) => string;
  readonly collected: string;
  readonly ofPlatforms: (counts: string) => string;
  readonly publishedBetween: (period: string) => string;
  readonly observedBetween: (period: string) => string;
  readonly fromSources: (counts: string) => string;
  readonly exactShare: (share: string) => string;
  readonly missing: string;
  readonly sample: (size: number, seed: string, by: Stratum | null) => string;
  readonly people: (mode: PersonalMode, scheme: string) => string;
  readonly textWithheld: string;
  readonly idsOnly: string;
  readonly zone: (zone: string) => string;
}

export const english: MethodsWords = {
  title: 'Methods',
  figures: 'Figures',
  figuresNote:
    'Counted from the rows of this bundle. "Exact" is a figure as the platform counts it, not rounded or abbreviated; "not_told" is a missing figure for which no reason is known.',
  none: 'not known',
  comma: ', ',
  period: (from, to, known, total) => `${from} to ${to} (UTC; known for ${known} of ${total})`,
  rows: 'Rows',
  things: 'made of things',
  platforms: 'Platforms',
  published: 'Published or written',
  observed: 'Seen by the source',
  fetched: 'Fetched',
  sources: 'Sources of the newest observation',
  queries: 'Kinds of page that listed them',
  presetColumns: "The columns are another tool's; CODEBOOK.en.md says of each what it is made of, or why it is empty.",
  leftOut: {
    personal: 'Left out, because they name, show or address a person',
    text: 'Left out, because text is withheld',
    beyondIds: 'Left out, because the files hold ids only',
    unchosen: 'Not chosen',
  },
  countHeads: ['figure', 'rows with a value', 'of these exact', 'rows without', 'reasons'],
  derivedHeads: ['derived figure', 'n: posts for which it could be computed'],
  written: (project, version, time) =>
    `The data set${project === '' ? '' : ` of the project "${project}"`} was written on ${time} by Clipscope ${version} (schema version ${schemaVersion}).`,
  holds: (rows) => `It holds these numbers of rows: ${rows}.`,
  collected:
    'Clipscope is a browser extension: it keeps what the pages of TikTok and Douyin carry while the researcher browses them, asks APIs for which the researcher has keys, and reads in files of other tools. Each row names its source, the time of its observation and the precision of its figures.',
  ofPlatforms: (counts) => `By platform: ${counts}.`,
  publishedBetween: (period) => `Publishing times span ${period}.`,
  observedBetween: (period) => `The sources saw the values from ${period}.`,
  fromSources: (counts) => `By source of the newest observation: ${counts}.`,
  exactShare: (share) => `Of the main figures that have a value, ${share} are exact.`,
  missing: 'A missing value is an empty cell and never zero; none was filled in.',
  sample: (size, seed, by) =>
    `The rows are a random sample: ${by === null ? `${size} of each kind` : `${size} of each ${by} of each kind`}, drawn by SHA-256 with the seed "${seed}", so that it can be drawn again.`,
  people: (mode, scheme) => {
    if (mode === 'include') return 'Columns that name, show or address people are included.';
    const left = 'Columns that name, show or address people were left out';
    return mode === 'omit'
      ? `${left}.`
      : `${left}; people are told apart by pseudonyms of the project (${scheme}), whose key is not part of this bundle.`;
  },
  textWithheld: 'What people wrote and said (captions, comments, transcripts) is withheld.',
  idsOnly: 'The tables hold ids only; whoever uses them fetches the rest anew.',
  zone: (zone) => `Local times are those of ${zone}.`,
};

const strataInChinese: { readonly [By in Stratum]: string } = {
  platform: '平台',
  author: '作者',
  month: '月份',
  query: '查询',
};

export const chinese: MethodsWords = {
  title: '方法',
  figures: '数据概况',
  figuresNote:
    '以下数字均由本数据包的各行统计得出。“精确”指平台的原始计数，未经四舍五入或缩写；not_told 表示数值缺失且原因未知。',
  none: '未知',
  comma: '、',
  period: (from, to, known, total) => `${from} 至 ${to}（UTC；${total} 条中有 ${known} 条已知）`,
  rows: '行数',
  things: '对应对象数',
  platforms: '平台',
  published: '发布或撰写时间',
  observed: '来源观测时间',
  fetched: '取得时间',
  sources: '最近一次观测的来源',
  queries: '列出它们的页面类型',
  presetColumns: '各列采用其他工具的格式；CODEBOOK.zh.md 说明每一列的来历或为空的原因。',
  leftOut: {
    personal: '因可识别个人而未写出',
    text: '因隐去文字而未写出',
    beyondIds: '因仅保留 ID 而未写出',
    unchosen: '未选择',
  },
  countHeads: ['数值', '有值的行', '其中精确', '无值的行', '原因'],
  derivedHeads: ['派生指标', 'n：可计算的作品数'],
  written: (project, version, time) =>
    `本数据集${project === '' ? '' : `（项目“${project}”）`}由 Clipscope ${version}（字段版本 ${schemaVersion}）于 ${time} 写出。`,
  holds: (rows) => `各表行数：${rows}。`,
  collected:
    'Clipscope 是浏览器扩展：保存研究者浏览 TikTok 与抖音页面时页面自带的数据，调用研究者持有密钥的 API，并可导入其他工具的文件。每行均注明来源、观测时间与数值精度。',
  ofPlatforms: (counts) => `按平台：${counts}。`,
  publishedBetween: (period) => `发布时间范围：${period}。`,
  observedBetween: (period) => `来源观测时间范围：${period}。`,
  fromSources: (counts) => `按最近一次观测的来源：${counts}。`,
  exactShare: (share) => `在有值的主要数值中，精确的有 ${share}。`,
  missing: '缺失值为空单元格，绝不写作零，未作任何填补。',
  sample: (size, seed, by) =>
    `各行为随机样本：${by === null ? `每类 ${size} 个` : `每类中每个${strataInChinese[by]} ${size} 个`}，以种子“${seed}”按 SHA-256 抽取，可重复抽取。`,
  people: (mode, scheme) => {
    if (mode === 'include') return '包含可识别个人的列。';
    return mode === 'omit'
      ? '可识别个人的列均未写出。'
      : `可识别个人的列均未写出；以项目化名区分不同的人（${scheme}），密钥不在本数据包内。`;
  },
  textWithheld: '个人所写与所说的文字（描述、评论、字幕文字）已隐去。',
  idsOnly: '各表仅含 ID，使用者需自行重新获取其余数据。',
  zone: (zone) => `本地时间采用 ${zone} 时区。`,
};
