/** A list of addresses and ids: one a line, or in a column of a table. They are named without data. */
import { beginningOf, lookedAhead } from './beginning.ts';
import { csvRows, formOf } from './csv-rows.ts';
import { defineImporter, type ImportContext, type ImportEvent, problemAt } from './importer.ts';
import { isNumberForm, RoundedIds } from './rounded-ids.ts';
import { linesOf } from './lines.ts';

/** Columns that name things, the surest first: an address says what it is of. Lower case; ours, 4CAT's, pyktok's, Apify's. */
const columnNames: readonly string[] = [
  'post_url',
  'tiktok_url',
  'comment_url',
  'product_url',
  'author_url',
  'webvideourl',
  'share_url',
  'url',
  'link',
  'address',
  '链接',
  'ref_key',
  'post_id',
  'video_id',
  'aweme_id',
  'item_id',
  'product_id',
  'id',
];

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function isColumnName(name: string): boolean {
  return columnNames.includes(plain(name));
}

interface Cells {
  readonly line: number;
  /** What may name the thing, the surest first. */
  readonly cells: readonly string[];
  readonly shown: string;
}

type Found = Cells | ImportEvent;

async function* cellsInLines(chunks: AsyncIterable<string>): AsyncGenerator<Found> {
  for await (const { line, text, isCut } of linesOf(chunks, 1_000_000)) {
    if (isCut) yield problemAt(line, 'import_line_too_long', text);
    // Old Macintosh files end their lines with a carriage return alone.
    else for (const part of text.split('\r')) yield { line, cells: [part], shown: part };
  }
}

async function* cellsInTable(
  chunks: AsyncIterable<string>,
  { form, names }: NonNullable<ReturnType<typeof formOf>>,
): AsyncGenerator<Found> {
  const places = columnNames
    .map((name) => names.findIndex((own) => plain(own) === name))
    .filter((place) => place !== -1);
  let isFirst = true;
  for await (const { line, cells, state } of csvRows(chunks, form)) {
    const shown = cells.join(form.delimiter).slice(0, 500);
    if (state === 'open') yield problemAt(line, 'import_quote_open', shown);
    else if (state === 'rest') yield problemAt(line, 'import_rest_unread', shown);
    else if (isFirst) isFirst = false;
    else yield { line, cells: places.map((place) => cells[place] ?? ''), shown };
  }
}

/** Without what spreadsheets and people put around an id. */
function bare(cell: string): string {
  return cell.trim().replaceAll(/^[='"]+|["']+$/gu, '');
}

const messages = {
  excel: 'import_id_rounded',
  number: 'import_number_alone',
  unknown: 'import_names_nothing',
} as const;

function read({ line, cells, shown }: Cells, ids: RoundedIds, { readRefs }: ImportContext): ImportEvent | null {
  const written = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (written.length === 0) return null;
  let reason: keyof typeof messages = 'unknown';
  for (const cell of written) {
    const number = bare(cell);
    if (isNumberForm(number) || ids.isLost(number))
      return problemAt(line, 'import_id_rounded', shown, number.slice(0, 40));
    const named = readRefs(cell);
    if (named.refs.length > 0) return { kind: 'item', line, observations: [], refs: named.refs, met: null };
    if (named.reason !== null && reason === 'unknown') reason = named.reason;
  }
  return problemAt(line, messages[reason], shown, (written[0] ?? '').slice(0, 40));
}

export const idList = defineImporter({
  id: 'id-list',
  label: 'importer_id_list',
  recognises: ({ text }) => {
    if (/^\s*[[{<]/u.test(text) || text.includes('\0')) return false;
    return /https?:\/\/|\b\d{15,20}\b|(?:^|\s)@[\w.]{2,}|(?:tiktok|douyin)(?:\.com\/|:[a-z]+:)/iu.test(text);
  },
  async *read(chunks, context) {
    const { head, all } = await beginningOf(chunks);
    const table = formOf(head.text, isColumnName, 1);
    const ids = new RoundedIds();
    const look = (found: Found): void => {
      if (!('kind' in found)) for (const cell of found.cells) ids.look(bare(cell));
    };
    for await (const found of lookedAhead(table ? cellsInTable(all, table) : cellsInLines(all), look)) {
      const event = 'kind' in found ? found : read(found, ids, context);
      if (event) yield event;
    }
  },
});
