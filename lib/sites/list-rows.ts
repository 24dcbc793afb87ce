/** Text that somebody pasted or dropped, as rows of cells. Pure and total. */

/** One row and the line that it begins on, from 1. */
export interface ListRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export type Delimiter = ',' | ';' | '\t';

const delimiters: readonly Delimiter[] = ['\t', ',', ';'];
/** Rows that a guess is made from. */
const sampleSize = 200;

/** Rows by RFC 4180, with this delimiter; line breaks of any system, and quotes that are never closed end with the text. */
export function splitRows(text: string, delimiter: Delimiter): readonly ListRow[] {
  const rows: ListRow[] = [];
  let cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  let line = 1;
  let begun = 1;
  const endRow = (): void => {
    cells.push(cell);
    if (cells.length > 1 || cells[0]?.trim() !== '') rows.push({ line: begun, cells });
    cells = [];
    cell = '';
    begun = line;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    const isBreak = sign === '\n' || sign === '\r';
    if (sign === '\r' && text[at + 1] === '\n') continue;
    if (isBreak) line += 1;
    if (isQuoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += sign;
        at += 1;
      } else isQuoted = false;
    } else if (sign === '"' && cell.trim() === '') {
      isQuoted = true;
      cell = '';
    } else if (isBreak) endRow();
    else if (sign === delimiter) {
      cells.push(cell);
      cell = '';
    } else cell += sign;
  }
  endRow();
  return rows;
}

/** One cell per line that holds something. */
export function splitLines(text: string): readonly ListRow[] {
  return text
    .split(/\r\n|\r|\n/u)
    .map((content, index) => ({ line: index + 1, cells: [content] }))
    .filter(({ cells }) => cells[0]?.trim() !== '');
}

/**
 * What divides the cells of a table; null: it is none. In a table nearly all rows have as many cells as the first, which
 * has at least two; a list of addresses with commas in some of them is none.
 */
export function delimiterOf(text: string): Delimiter | null {
  const sample = text.slice(0, 200_000);
  const fits = (delimiter: Delimiter): boolean => {
    const rows = splitRows(sample, delimiter).slice(0, sampleSize);
    const width = rows[0]?.cells.length ?? 0;
    const same = rows.filter(({ cells }) => cells.length === width).length;
    return rows.length > 1 && width > 1 && same >= rows.length * 0.8;
  };
  return delimiters.find(fits) ?? null;
}
