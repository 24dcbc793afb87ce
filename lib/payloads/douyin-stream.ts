/**
 * Texts that hold several JSON values one after another: Douyin's `general/search/stream/` sends chunks with their
 * length (a hexadecimal number on a line of its own) or with nothing but a line break between them, and programs save
 * answers as one object per line. No stream was captured: both forms are from public programs (2026).
 */

const quote = 0x22;
const backslash = 0x5c;

/** The position after the JSON object or list that starts there; -1 where it does not end. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let inText = false;
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === backslash) at++;
      else if (code === quote) inText = false;
    } else if (code === quote) inText = true;
    else if (code === 0x7b || code === 0x5b) depth++;
    else if (code === 0x7d || code === 0x5d) {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/**
 * What may stand between two values: lengths as words, `data:` of an event stream, its end mark, commas and white space;
 * or a few characters, in case that lengths are bytes.
 */
const between = /^(?:[\s,]|[0-9a-f]{1,16}(?=\s)|data:|\[DONE\])*$|^[^[\]{}"<>]{0,8}$/iu;

/**
 * The objects and lists of a text, a text each. Null where there are fewer than two and no length before the only one,
 * where something else stands between them, or where not one of them is complete. A last one that was cut off is left
 * out. One pass.
 */
export function streamParts(text: string): readonly string[] | null {
  const parts: string[] = [];
  let at = text.startsWith('\u{FEFF}') ? 1 : 0;
  let hasPrefix = false;
  while (at < text.length) {
    // The end mark of an event stream looks like a list.
    const rest = /\{|\[(?!DONE\])/gu;
    rest.lastIndex = at;
    const start = rest.exec(text)?.index ?? text.length;
    const gap = text.slice(at, start);
    if (gap.length > 1000 || !between.test(gap)) return null;
    if (parts.length === 0) hasPrefix = gap.trim() !== '';
    if (start === text.length) break;
    const end = endOf(text, start);
    if (end === -1) break;
    parts.push(text.slice(start, end));
    at = end;
  }
  return parts.length > 1 || (parts.length === 1 && hasPrefix) ? parts : null;
}

/** The parts of a stream as the text of one JSON list; null where the text is none. */
export function splitStream(text: string): string | null {
  const parts = streamParts(text);
  return parts && `[${parts.join(',')}]`;
}
