/** A sheet of a workbook as XML, its rows as they come. What becomes of which value: xlsx.ts. */
import type { JsonValue } from './columns/column.ts';
import { cellText } from './delimited.ts';
import type { ExportContext } from './exporter.ts';
import type { Sheet, SheetColumn } from './sheet.ts';
import { utcMs } from './typed-cell.ts';

/** Places in the list of styles that xlsx-parts.ts writes. */
const cellStyles = { text: 1, time: 2, heading: 3 } as const;

/** What Excel holds (Microsoft, "Excel specifications and limits", read 2026-11). */
export const sheetLimits = {
  rows: 1_048_576,
  cellLength: 32_767,
  /** Characters of XML, each at most three bytes: an archive of this form holds 4 GiB in a part. */
  xmlLength: 1_400_000_000,
} as const;

/** Excel shows longer texts of the format "text" as ####. */
const longestFormatted = 255;
/** Of numbers Excel keeps 15 digits. */
const largestShown = 999_999_999_999_999;
/** Before March 1900 the days of Excel's calendar are off by one. */
const earliestMs = Date.UTC(1900, 2, 1);
/** Excel counts days from here; Unix ms. */
const epochMs = Date.UTC(1899, 11, 30);
const dayMs = 86_400_000;

// oxlint-disable-next-line no-control-regex -- what XML 1.0 (2.2) does not allow
const illegal = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
/** What a reader would take for an escaped character (ECMA-376, ST_Xstring). */
const looksEscaped = /_(?=x[\dA-Fa-f]{4}_)/gu;

const entities: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  // Written as itself it would be read as a line feed; `_x000D_`, as Excel writes it, stays as it is in openpyxl.
  ['\r', '&#13;'],
]);

/** Text for an element or an attribute in quotes; without what XML does not allow. */
export function xmlText(text: string): string {
  return text
    .replaceAll(looksEscaped, '_x005F_')
    .replaceAll(/[&<>"\r]/gu, (character) => entities.get(character) ?? character);
}

/** `A`, `Z`, `AA`; from 0. */
function columnLetters(index: number): string {
  const letter = String.fromCodePoint(65 + (index % 26));
  return index < 26 ? letter : columnLetters(Math.floor(index / 26) - 1) + letter;
}

/** The text as a cell can hold it. */
function fitting(text: string, { skipped }: ExportContext): string {
  const legal = text.toWellFormed().replaceAll(illegal, '');
  if (legal.length !== text.length) skipped?.('export_changed_control');
  if (legal.length <= sheetLimits.cellLength) return legal;
  skipped?.('export_changed_cut');
  const cut = legal.slice(0, sheetLimits.cellLength);
  // Not through the middle of a pair.
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}

function textCell(place: string, text: string, style: number): string {
  const format = text.length > longestFormatted ? '' : ` s="${style}"`;
  return `<c r="${place}"${format} t="inlineStr"><is><t xml:space="preserve">${xmlText(text)}</t></is></c>`;
}

function numberCell(place: string, value: number, style = ''): string {
  return `<c r="${place}"${style}><v>${value}</v></c>`;
}

function cell(place: string, { type }: SheetColumn, value: JsonValue, context: ExportContext): string {
  if (typeof value === 'boolean') return `<c r="${place}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const isShort = typeof value === 'number' && (!Number.isInteger(value) || Math.abs(value) <= largestShown);
  if (isShort) return Number.isFinite(value) ? numberCell(place, value) : '';
  const ms = type === 'time' && typeof value === 'string' ? utcMs(value) : null;
  if (ms !== null && ms >= earliestMs) return numberCell(place, (ms - epochMs) / dayMs, ` s="${cellStyles.time}"`);
  const text = fitting(cellText(type, value) ?? '', context);
  return text === '' ? '' : textCell(place, text, cellStyles.text);
}

function opening(columns: readonly SheetColumn[]): string {
  const widths = columns.map(
    ({ type }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${type === 'time' ? 20 : 14}" customWidth="1"/>`,
  );
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">\
<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>\
<sheetFormatPr defaultRowHeight="15"/>${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>`;
}

/** The sheet, as many of its rows as the limits let in; `skipped` is told of each of the others. */
export async function* sheetXml(
  { columns, rows }: Sheet,
  context: ExportContext,
  limits: { readonly rows: number; readonly xmlLength: number } = sheetLimits,
): AsyncGenerator<string> {
  const letters = columns.map((_column, index) => columnLetters(index));
  const headings = columns.map(({ header }, index) =>
    textCell(`${letters[index] ?? ''}1`, fitting(header, context), cellStyles.heading),
  );
  yield `${opening(columns)}<row r="1">${headings.join('')}</row>`;
  let last = 1;
  let length = 0;
  for await (const piece of rows()) {
    const texts: string[] = [];
    for (const row of piece) {
      if (last >= limits.rows || length >= limits.xmlLength) {
        context.skipped?.('export_skipped_rows');
        continue;
      }
      last += 1;
      const cells = columns.map((column, index) => {
        const value = row[index] ?? null;
        return value === null ? '' : cell(`${letters[index] ?? ''}${last}`, column, value, context);
      });
      const text = `<row r="${last}">${cells.join('')}</row>`;
      length += text.length;
      texts.push(text);
    }
    if (texts.length > 0) yield texts.join('');
  }
  yield '</sheetData></worksheet>';
}
