/**
 * Cuts JSON text into the objects that it lists, as it arrives: an answer of an API may hold a million of them in one line.
 * Understood are a list, an answer with lists under known names (at any depth of objects), such answers one after another,
 * and bare objects one after another.
 */

export interface JsonPart {
  /** On which it begins, from 1. */
  readonly line: number;
  /** The object's text, or the beginning of it. */
  readonly text: string;
  /**
   * `whole`; `long`: longer than may be; `open`: the text ends within it; `deep`: nested too deep, and what follows is not
   * read; `stray`: something that is no object where one was expected.
   */
  readonly state: 'whole' | 'long' | 'open' | 'deep' | 'stray';
}

const longestPart = 16 * 1024 * 1024;
const keptOfLong = 1000;
const deepest = 250;
const longestName = 64;

/**
 * What has been opened and not closed. `list`: its objects are parts. `path`: an object that leads to a list. `part`: the
 * part itself. `object`: an object within one, in which a list may still turn up. `other`: anything else.
 */
type Frame = 'list' | 'path' | 'part' | 'object' | 'other';

class Cutter {
  readonly #frames: Frame[] = [];
  readonly #lists: ReadonlySet<string>;
  readonly #longest: number;
  #line = 1;
  #partLine = 1;
  /** Text of the part that is open, from former chunks. */
  #held = '';
  /** Where in this chunk the open part begins; -1: none is open. */
  #from = -1;
  #isLong = false;
  #inText = false;
  #isEscaped = false;
  /** The last text that was read: a name, where a colon or a value follows it. */
  #name = '';
  #isStray = false;
  isLost = false;

  constructor(lists: ReadonlySet<string>, longest: number) {
    this.#lists = lists;
    this.#longest = longest;
  }

  #has(): boolean {
    return this.#from !== -1;
  }

  #take(text: string): void {
    if (this.#isLong) return;
    this.#held += text;
    if (this.#held.length <= this.#longest) return;
    this.#held = this.#held.slice(0, keptOfLong);
    this.#isLong = true;
  }

  #give(state: JsonPart['state']): JsonPart {
    const part: JsonPart = { line: this.#partLine, text: this.#held, state: this.#isLong ? 'long' : state };
    this.#held = '';
    this.#isLong = false;
    this.#from = -1;
    return part;
  }

  /** A list turned up within what was taken for a part: the part is an answer, and leads to the list. */
  #lead(): void {
    for (const [index, frame] of this.#frames.entries()) {
      if (frame === 'part' || frame === 'object') this.#frames[index] = 'path';
    }
    this.#held = '';
    this.#isLong = false;
    this.#from = -1;
  }

  #open(isObject: boolean, at: number): void {
    const parent = this.#frames.at(-1);
    if (!isObject) {
      const isNamed = (parent === 'part' || parent === 'object' || parent === 'path') && this.#lists.has(this.#name);
      const isList = parent === undefined || parent === 'list' || isNamed;
      if (isList && this.#has()) this.#lead();
      this.#frames.push(isList ? 'list' : 'other');
    } else if (parent === undefined || parent === 'list') {
      this.#frames.push('part');
      this.#partLine = this.#line;
      this.#from = at;
    } else if (parent === 'other') this.#frames.push('other');
    else this.#frames.push(parent === 'path' ? 'path' : 'object');
    this.#name = '';
    if (this.#frames.length > deepest) this.isLost = true;
  }

  /** Outside parts, lists and what leads to them nothing but white space and commas is expected. */
  #stray(text: string, at: number): JsonPart | null {
    const parent = this.#frames.at(-1);
    if (this.#isStray || (parent !== undefined && parent !== 'list')) return null;
    this.#isStray = true;
    return { line: this.#line, text: text.slice(at, at + keptOfLong), state: 'stray' };
  }

  *cut(chunk: string): Generator<JsonPart> {
    for (let at = 0; at < chunk.length; at++) {
      const code = chunk.charCodeAt(at);
      if (code === 0x0a) this.#line += 1;
      if (this.#inText) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === 0x5c) this.#isEscaped = true;
        else if (code === 0x22) {
          this.#inText = false;
          continue;
        }
        if (this.#name.length < longestName) this.#name += chunk.charAt(at);
        continue;
      }
      if (code <= 0x20 || code === 0x2c || code === 0x3a || code === 0xfe_ff) continue;
      if (code === 0x7b || code === 0x5b) {
        this.#isStray = false;
        this.#open(code === 0x7b, at);
        if (!this.isLost) continue;
        if (this.#has()) this.#take(chunk.slice(this.#from, at + 1));
        else this.#partLine = this.#line;
        yield this.#give('deep');
        return;
      }
      if (code === 0x7d || code === 0x5d) {
        if (this.#frames.pop() !== 'part') continue;
        this.#take(chunk.slice(this.#from, at + 1));
        yield this.#give('whole');
        continue;
      }
      const stray = this.#stray(chunk, at);
      if (stray) yield stray;
      if (code !== 0x22) continue;
      this.#inText = true;
      this.#name = '';
    }
    if (!this.#has()) return;
    this.#take(chunk.slice(this.#from));
    this.#from = 0;
  }

  /** What is still open at the end. */
  *end(): Generator<JsonPart> {
    if (this.#frames.length === 0) return;
    if (!this.#has()) this.#partLine = this.#line;
    yield this.#give('open');
  }
}

/** The objects of a text, in its order. `lists`: the names under which an answer lists them. Never throws by itself. */
export async function* jsonParts(
  chunks: AsyncIterable<string>,
  lists: ReadonlySet<string>,
  longest = longestPart,
): AsyncGenerator<JsonPart> {
  const cutter = new Cutter(lists, longest);
  for await (const chunk of chunks) {
    yield* cutter.cut(chunk);
    if (cutter.isLost) return;
  }
  yield* cutter.end();
}
