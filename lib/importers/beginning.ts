/** Looks at the beginning of what arrives before it is read. */
import { headLength, type ImportHead } from './importer.ts';
import { sampleSize } from './rounded-ids.ts';

export interface Beginning {
  readonly head: ImportHead;
  /** The whole text, its beginning included; to be read once. */
  readonly all: AsyncIterable<string>;
}

/** Waits for the beginning of a text. Throws what `chunks` throws. */
export async function beginningOf(chunks: AsyncIterable<string>): Promise<Beginning> {
  const iterator = chunks[Symbol.asyncIterator]();
  const pieces: string[] = [];
  let length = 0;
  let isWhole = false;
  while (length <= headLength && !isWhole) {
    const next = await iterator.next();
    if (next.done === true) isWhole = true;
    else {
      pieces.push(next.value);
      length += next.value.length;
    }
  }
  async function* all(): AsyncGenerator<string> {
    yield* pieces;
    if (!isWhole) yield* { [Symbol.asyncIterator]: () => iterator };
  }
  const text = pieces.join('').replace(/^\uFEFF/u, '');
  return { head: { text: text.slice(0, headLength), isWhole: isWhole && text.length <= headLength }, all: all() };
}

/** The same items in the same order; each was looked at, and the first ones only come when the next were looked at too. */
export async function* lookedAhead<Item>(items: AsyncIterable<Item>, look: (item: Item) => void): AsyncGenerator<Item> {
  const waiting: Item[] = [];
  let isSampled = false;
  for await (const item of items) {
    look(item);
    if (isSampled) yield item;
    else {
      waiting.push(item);
      isSampled = waiting.length >= sampleSize;
      if (isSampled) yield* waiting.splice(0);
    }
  }
  yield* waiting;
}
