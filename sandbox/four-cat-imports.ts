import { envelopeProblems, problemsOf } from './four-cat-rules.ts';
import type { FourCatImport } from './types.ts';

/** What the team's 4CAT has switched on and was sent. */
export interface FourCatState {
  sources: string[];
  imports: FourCatImport[];
  /** When the last imports were asked for (Unix ms). */
  importTimes: number[];
  /** By key: how often it was asked for since. */
  polls: Map<string, number>;
}

export function createFourCat(): FourCatState {
  return { sources: ['tiktok', 'tiktok-comments', 'douyin'], imports: [], importTimes: [], polls: new Map() };
}

/**
 * What 4CAT makes of a file. Lines end as Python ends them in a text file: at "\n", "\r" and "\r\n", not at U+2028. NUL is
 * dropped, a line that is no JSON is passed over, an item becomes `{...data, __import_meta: everything else}`.
 */
export function readImport(key: string, platform: string, authors: string, body: Buffer): FourCatImport {
  const made: FourCatImport = { key, platform, authors, items: [], problems: [], rows: 0, failed: false };
  const text = body.toString('utf8');
  if (text.startsWith('\uFEFF')) made.problems.push('the file begins with a byte order mark');
  if (text !== '' && !text.endsWith('\n')) made.problems.push('the last line has no end');
  const lines = text.split(/\r\n|\r|\n/);
  if (lines.at(-1) === '') lines.pop();
  for (const [index, line] of lines.entries()) {
    const say = (problem: string): unknown => made.problems.push(`line ${index + 1}: ${problem}`);
    let parsed: unknown = null;
    try {
      parsed = JSON.parse(line.replaceAll('\0', ''));
    } catch {
      say('no JSON');
      continue;
    }
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      say('no object');
      continue;
    }
    const { data, ...meta }: Record<string, unknown> = { ...parsed };
    const item = { ...(typeof data === 'object' ? data : {}), __import_meta: meta };
    made.items.push(item);
    envelopeProblems(platform, { ...parsed }).forEach(say);
    const problems = problemsOf(platform, item);
    for (const { verdict, problem } of problems) say(`${problem} (${verdict})`);
    if (problems[0]?.verdict === 'fatal') {
      made.failed = true;
      return { ...made, rows: 0 };
    }
    if (problems.length === 0) made.rows += 1;
  }
  return made;
}
