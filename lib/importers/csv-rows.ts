/** Rows of a table (RFC 4180 and what programs make of it), as its text arrives. */
import Papa from 'papaparse';

export interface CsvForm {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly newline: '\n' | '\r';
}

export interface CsvRow {
  /** The line that it begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** `open`: a quote that is never closed, or a row longer than may be; `cells` has its first line. `rest`: of what follows nothing is read. */
  readonly state: 'whole' | 'open' | 'rest';
}

/** Characters that are parsed at once. */
const piece = 262_144;
/** Longer rows (characters) are none: a quote was never closed. */
const longestRow = 512 * 1024;
/** After so many quotes that are never closed it is no table. */
const mostOpen = 10;

function newlinesIn(text: string, newline: string): number {
  let count = 0;
  for (let at = text.indexOf(newline); at !== -1; at = text.indexOf(newline, at + 1)) count += 1;
  return count;
}

class Rows {
  readonly #parser: InstanceType<typeof Papa.Parser>;
  readonly #newline: string;
  #held = '';
  /** How much of that holds no whole row. */
  #tried = 0;
  #line = 1;
  #opened = 0;
  /** Within a line that is longer than may be, up to its end. */
  #isSkipping = false;
  isLost = false;

  constructor({ delimiter, newline }: CsvForm) {
    this.#parser = new Papa.Parser({ delimiter, newline });
    this.#newline = newline;
  }

  #row(cells: readonly string[], state: CsvRow['state']): CsvRow {
    const line = this.#line;
    const clean = cells.map((cell, index) => (index === cells.length - 1 ? cell.replace(/\r$/u, '') : cell));
    this.#line += 1 + cells.reduce((sum, cell) => sum + newlinesIn(cell, this.#newline), 0);
    return { line, cells: clean, state };
  }

  /** Gives up the line that the held text begins with. */
  #giveUp(): CsvRow {
    const end = this.#held.indexOf(this.#newline);
    const first = end === -1 ? this.#held : this.#held.slice(0, end);
    this.#isSkipping = end === -1;
    this.#held = end === -1 ? '' : this.#held.slice(end + 1);
    this.#opened += 1;
    this.isLost = this.#opened > mostOpen;
    return this.#row([first.slice(0, 1000).replaceAll(this.#newline, ' ')], this.isLost ? 'rest' : 'open');
  }

  *#parse(): Generator<CsvRow> {
    this.#tried = 0;
    const { data, meta } = this.#parser.parse(this.#held, 0, true);
    for (const cells of data) yield this.#row(cells, 'whole');
    this.#held = this.#held.slice(meta.cursor);
    this.#tried = this.#held.length;
  }

  *add(chunk: string): Generator<CsvRow> {
    let text = chunk;
    if (this.#isSkipping) {
      const end = chunk.indexOf(this.#newline);
      if (end === -1) return;
      this.#isSkipping = false;
      text = chunk.slice(end + 1);
    }
    this.#held += text;
    if (this.#held.length < this.#tried + piece) return;
    yield* this.#parse();
    while (this.#held.length > longestRow && !this.isLost) {
      yield this.#giveUp();
      yield* this.#parse();
    }
  }

  *end(): Generator<CsvRow> {
    yield* this.#parse();
    while (this.#held !== '' && !this.isLost) {
      const { data, errors } = this.#parser.parse(this.#held, 0, false);
      if (errors.some(({ code }) => code === 'MissingQuotes')) {
        yield this.#giveUp();
        yield* this.#parse();
        continue;
      }
      this.#held = '';
      for (const cells of data) yield this.#row(cells, 'whole');
    }
  }
}

/** The rows of a table, the head too; empty lines are rows of one empty cell. Never throws by itself. */
export async function* csvRows(chunks: AsyncIterable<string>, form: CsvForm): AsyncGenerator<CsvRow> {
  const rows = new Rows(form);
  for await (const chunk of chunks) {
    yield* rows.add(chunk);
    if (rows.isLost) return;
  }
  yield* rows.end();
}

/** The first row of a text by these rules. */
export function firstRow(text: string, form: CsvForm): readonly string[] {
  const [cells = []] = new Papa.Parser({ ...form, preview: 1 }).parse(text, 0, false).data;
  return cells.map((cell) => cell.trim());
}

const delimiters: readonly CsvForm['delimiter'][] = [',', '\t', ';', '|'];

/** The form in which the first row makes most sense; null: it has fewer than `least` names that are known. */
export function formOf(
  head: string,
  isKnown: (name: string) => boolean,
  least: number,
): { readonly form: CsvForm; readonly names: readonly string[] } | null {
  const newline = head.includes('\n') ? '\n' : head.includes('\r') ? '\r' : '\n';
  const forms = delimiters.map((delimiter) => {
    const form = { delimiter, newline } as const;
    const names = firstRow(head, form);
    return { form, names, known: names.filter(isKnown).length };
  });
  const [best] = forms.sort((one, other) => other.known - one.known);
  return best && best.known >= least ? best : null;
}
