/**
 * `METHODS.md`: a paragraph for the methods section of a paper and the figures behind it, in both languages. Every number
 * is counted from the rows of the bundle.
 */
import { isoUtc, resolveTimeZone } from '../../analysis/time.ts';
import { type CodebookLanguage, markdownTable, tableTitles } from '../codebook.ts';
import type { BundleContents, BundleTable } from './contents.ts';
import { type CountFigures, type Counts, type Span, sumOf, together } from './figures.ts';
import { chinese, english, type MethodsWords } from './methods-words.ts';

const words: { readonly [Language in CodebookLanguage]: MethodsWords } = { en: english, zh_CN: chinese };

function listed(counts: Counts): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function spanText(span: Span | null, total: number, { none, period }: MethodsWords): string {
  return span === null ? none : period(isoUtc(span.from) ?? '', isoUtc(span.to) ?? '', span.known, total);
}

function share(part: number, whole: number): string {
  return whole === 0 ? `${part}` : `${part} (${((part / whole) * 100).toFixed(1)} %)`;
}

function countRow({ column, present, exact, missing }: CountFigures, rows: number): readonly string[] {
  const absent = rows - present;
  return [`\`${column}\``, share(present, rows), share(exact, present), share(absent, rows), listed(missing)];
}

function named(columns: readonly string[]): string {
  return columns.map((name) => `\`${name}\``).join(', ');
}

function leftOutLines({ leftOut }: BundleTable, text: MethodsWords): readonly string[] {
  if (leftOut === null) return [`- ${text.presetColumns}`];
  const lines: readonly (readonly [string, readonly string[]])[] = [
    [text.leftOut.personal, leftOut.personal],
    [text.leftOut.text, leftOut.text],
    [text.leftOut.beyondIds, leftOut.beyondIds],
    [text.leftOut.unchosen, leftOut.unchosen],
  ];
  return lines.filter(([, columns]) => columns.length > 0).map(([why, columns]) => `- ${why}: ${named(columns)}`);
}

function tableSection(table: BundleTable, language: CodebookLanguage): string {
  const text = words[language];
  const { figures, rows } = table;
  const { things } = figures;
  const isLong = table.id === 'post_hashtag' || table.id === 'observation';
  const heading = `### ${tableTitles[table.id][language]} (\`${table.id}\`)`;
  const rowLine = `- ${text.rows}: ${rows}${isLong ? ` (${text.things}: ${things})` : ''}`;
  if (things === 0) return `${heading}\n\n${rowLine}`;
  const lines = [
    rowLine,
    `- ${text.platforms}: ${listed(figures.platforms)}`,
    ...(figures.published === null ? [] : [`- ${text.published}: ${spanText(figures.published, things, text)}`]),
    `- ${text.observed}: ${spanText(figures.observed, things, text)}`,
    `- ${text.fetched}: ${spanText(figures.fetched, things, text)}`,
    `- ${text.sources}: ${listed(figures.sources)}`,
    `- ${text.queries}: ${listed(figures.queries)}`,
    ...leftOutLines(table, text),
  ];
  const counts =
    figures.counts.length === 0
      ? []
      : [
          markdownTable(
            text.countHeads,
            figures.counts.map((count) => countRow(count, things)),
          ),
        ];
  const derived =
    figures.derived.length === 0
      ? []
      : [
          markdownTable(
            text.derivedHeads,
            figures.derived.map(({ column, n }) => [`\`${column}\``, share(n, things)]),
          ),
        ];
  return [heading, lines.join('\n'), ...counts, ...derived].join('\n\n');
}

function paragraph({ tables, context }: BundleContents, language: CodebookLanguage): string {
  const text = words[language];
  const { choices, pseudonyms, sample, projectName } = context;
  // The long tables are made of the things of the others.
  const own = tables.filter(({ id }) => id !== 'post_hashtag' && id !== 'observation');
  const told = own.length > 0 ? own : tables;
  const figures = told.map((table) => table.figures);
  const things = figures.reduce((sum, one) => sum + one.things, 0);
  const counts = figures.flatMap((one) => one.counts);
  const present = counts.reduce((sum, one) => sum + one.present, 0);
  const exact = counts.reduce((sum, one) => sum + one.exact, 0);
  const posts = figures.filter(({ published }) => published !== null);
  const datable = posts.reduce((sum, one) => sum + one.things, 0);
  const sentences = [
    text.written(projectName ?? '', context.extensionVersion, isoUtc(context.now) ?? ''),
    text.holds(tables.map(({ id, rows }) => `${tableTitles[id][language]} ${rows}`).join(text.comma)),
    text.collected,
    text.ofPlatforms(listed(sumOf(figures.map((one) => one.platforms)))),
    ...(posts.length === 0
      ? []
      : [text.publishedBetween(spanText(together(posts.map((one) => one.published)), datable, text))]),
    text.observedBetween(spanText(together(figures.map((one) => one.observed)), things, text)),
    text.fromSources(listed(sumOf(figures.map((one) => one.sources)))),
    ...(present === 0 ? [] : [text.exactShare(share(exact, present))]),
    text.missing,
    ...(sample ? [text.sample(sample.size, sample.seed, sample.by)] : []),
    text.people(choices.personal === 'pseudonyms' && !pseudonyms ? 'omit' : choices.personal, pseudonyms?.scheme ?? ''),
    ...(choices.withholdText ? [text.textWithheld] : []),
    ...(choices.idsOnly ? [text.idsOnly] : []),
    text.zone(resolveTimeZone(context.timeZone)),
  ];
  return sentences.join(language === 'en' ? ' ' : '');
}

/** The text of METHODS.md. */
export function methods(contents: BundleContents): string {
  const parts = (['en', 'zh_CN'] as const).flatMap((language) => [
    `# ${words[language].title}`,
    paragraph(contents, language),
    `## ${words[language].figures}`,
    words[language].figuresNote,
    ...contents.tables.map((table) => tableSection(table, language)),
  ]);
  return `${parts.join('\n\n')}\n`;
}
