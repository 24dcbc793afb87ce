/** Which hashtags posts carry, as numbers: what reports on many posts count with. */
import { hashtagKey } from './hashtags.ts';

export interface TagCounts {
  /** Posts that were counted. */
  readonly count: number;
  /** By place: what the spellings of a hashtag have in common, in order. */
  readonly keys: readonly string[];
  /** By place: the spelling that most posts use; of those used as often the one that was met first. */
  readonly names: readonly string[];
  /** By place: posts that carry it. */
  readonly posts: Int32Array;
  /** The places of a post's hashtags, each once, in order. */
  readonly of: (post: number) => Int32Array;
}

/** Spellings of a hashtag that has more than one, with how many posts use each. */
type Spellings = Map<string, number>;

/** Counts the hashtags of posts. A post counts once for each, however often and however spelt. */
export function countTags(posts: readonly { readonly hashtags: readonly string[] }[]): TagCounts {
  const numbers = new Map<string, number>();
  /** Most spellings come again and again. */
  const bySpelling = new Map<string, number>();
  const keys: string[] = [];
  const first: string[] = [];
  const counts: number[] = [];
  const others = new Map<number, Spellings>();
  const starts = new Int32Array(posts.length + 1);
  const all: number[] = [];

  function numberOf(name: string): number {
    const known = bySpelling.get(name);
    if (known !== undefined) return known;
    const key = hashtagKey(name);
    let number = numbers.get(key);
    if (number === undefined) {
      number = keys.push(key) - 1;
      first.push(name);
      counts.push(0);
      numbers.set(key, number);
    }
    bySpelling.set(name, number);
    return number;
  }

  function spell(number: number, name: string): void {
    const before = counts[number] ?? 0;
    counts[number] = before + 1;
    const spellings = others.get(number);
    if (spellings) spellings.set(name, (spellings.get(name) ?? 0) + 1);
    else if (name !== first[number])
      others.set(
        number,
        new Map([
          [first[number] ?? '', before],
          [name, 1],
        ]),
      );
  }

  posts.forEach(({ hashtags }, post) => {
    const start = all.length;
    for (const name of hashtags) {
      const number = numberOf(name);
      if (all.indexOf(number, start) >= 0) continue;
      all.push(number);
      spell(number, name);
    }
    starts[post + 1] = all.length;
  });

  const order = keys.map((_key, number) => number).sort((a, b) => compareText(keys[a], keys[b]));
  const places = new Int32Array(keys.length);
  order.forEach((number, place) => {
    places[number] = place;
  });
  const flat = Int32Array.from(all, (number) => places[number] ?? 0);
  for (let post = 0; post < posts.length; post++) flat.subarray(starts[post], starts[post + 1]).sort();
  return {
    count: posts.length,
    keys: order.map((number) => keys[number] ?? ''),
    names: order
      .map((number) => mostUsed(others.get(number)) ?? first[number] ?? '')
      .map((name) => name.normalize('NFC')),
    posts: Int32Array.from(order, (number) => counts[number] ?? 0),
    of: (post) => flat.subarray(starts[post], starts[post + 1]),
  };
}

function compareText(a: string | undefined, b: string | undefined): number {
  return a === b || a === undefined || b === undefined ? 0 : a < b ? -1 : 1;
}

function mostUsed(spellings: Spellings | undefined): string | null {
  let [name, uses]: [string | null, number] = [null, -1];
  for (const [spelling, own] of spellings ?? []) if (own > uses) [name, uses] = [spelling, own];
  return name;
}
