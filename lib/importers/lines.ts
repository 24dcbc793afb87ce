/** Text as lines, as it arrives. */

/** Longer than any item with its raw text (characters); what is longer is told, and never held as a whole. */
export const longestLine = 32 * 1024 * 1024;

const keptOfLong = 1000;

export interface TextLine {
  /** From 1. */
  readonly line: number;
  /** Without its line break. */
  readonly text: string;
  /** Longer than may be: `text` is its beginning. */
  readonly isCut: boolean;
}

/** The lines of a text, empty ones too; a byte order mark and carriage returns before line breaks are left out. */
export async function* linesOf(chunks: AsyncIterable<string>, longest = longestLine): AsyncGenerator<TextLine> {
  let line = 1;
  let held = '';
  let isCut = false;
  const take = (text: string): void => {
    if (isCut) return;
    held += text;
    if (held.length <= longest) return;
    held = held.slice(0, keptOfLong);
    isCut = true;
  };
  const give = (): TextLine => {
    const text = held.endsWith('\r') ? held.slice(0, -1) : held;
    const given = { line, text: line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text, isCut };
    line += 1;
    held = '';
    isCut = false;
    return given;
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      take(chunk.slice(from, end));
      yield give();
      from = end + 1;
    }
    take(chunk.slice(from));
  }
  if (held !== '') yield give();
}
