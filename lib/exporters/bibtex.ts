/**
 * BibTeX, one `@misc` per post, for LaTeX. The old styles know no web page: `howpublished` says what it is, and `url` and
 * `urldate` are for biblatex and the styles that print them. UTF-8 as biber, XeLaTeX and LuaLaTeX read it; emoji and CJK
 * are written as they are.
 *
 * - Characters that LaTeX would act on are escaped. Braces that do not come in pairs are commands (BibTeX counts them even
 *   behind a backslash), which pandoc 2.17 drops and all others know. "`" and "'" are printed as quotation marks.
 * - Titles and names stand in two pairs of braces, so that no style changes their case or takes a name apart.
 * - BibTeX has no line breaks within a field: they become spaces, control characters are removed, and each post that this
 *   changes is told.
 */
import { defineExporter, type ExportContext } from './exporter.ts';
import { oneLine, type Reference, referencesOf } from './reference.ts';

const commands: Readonly<Record<string, string>> = {
  '\\': String.raw`\textbackslash{}`,
  '~': String.raw`\textasciitilde{}`,
  '^': String.raw`\textasciicircum{}`,
};
const lonelyBraces: Readonly<Record<string, string>> = {
  '{': String.raw`\textbraceleft{}`,
  '}': String.raw`\textbraceright{}`,
};

function hasPairedBraces(text: string): boolean {
  let depth = 0;
  for (const [brace] of text.matchAll(/[{}]/gu)) {
    depth += brace === '{' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function latexText(text: string): string {
  const others = hasPairedBraces(text) ? commands : { ...commands, ...lonelyBraces };
  return text.replaceAll(/[\\{}~^$&#%_]/gu, (found) => others[found] ?? `\\${found}`);
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function entryText(reference: Reference, context: ExportContext): string {
  let isChanged = false;
  const change = (): void => {
    isChanged = true;
  };
  const latex = (text: string): string => latexText(oneLine(text, change));
  const { author, published, url, hashtags, caption, accessed, language } = reference;
  const month = published === null ? undefined : months[Number(published.slice(5, 7)) - 1];
  const fields: readonly (readonly [string, string | null | undefined])[] = [
    ['title', `{{${latex(reference.title)}}}`],
    ['author', author === null ? null : `{{${latex(author)}}}`],
    ['year', published === null ? null : `{${published.slice(0, 4)}}`],
    ['month', month],
    ['date', published === null ? null : `{${published}}`],
    ['howpublished', `{${reference.site} ${reference.medium.toLowerCase()}}`],
    // biblatex takes an address as it is; a brace or a percent sign would end it for BibTeX or LaTeX.
    ['url', url === null || /[{}%\\\s]/u.test(url) ? null : `{${url}}`],
    ['urldate', accessed === null ? null : `{${accessed}}`],
    ['abstract', caption === null ? null : `{${latex(caption)}}`],
    ['keywords', hashtags.length === 0 ? null : `{${hashtags.map(latex).join(', ')}}`],
    ['language', language === null ? null : `{${latex(language)}}`],
    ['eprint', `{${latex(reference.id)}}`],
    ['eprinttype', `{${reference.site}}`],
    ['note', `{${latex(reference.note)}}`],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = ${value}`] : []));
  if (isChanged) context.skipped?.('export_changed_reference');
  return `@misc{${reference.key},\n${lines.join(',\n')}\n}\n\n`;
}

export const bibtex = defineExporter({
  id: 'bibtex',
  label: 'exporter_bibtex',
  hint: 'exporter_bibtex_hint',
  extension: 'bib',
  mediaType: 'application/x-bibtex',
  form: 'record',
  tables: ['post'],
  async *write(tables, context) {
    for await (const reference of referencesOf(tables, context)) yield entryText(reference, context);
  },
});
