/**
 * The words of captions and names. Chinese, Japanese, Thai and their like write no spaces: their words are told apart by
 * the browser's own dictionary (Intl.Segmenter), which may cut a new or rare word in two.
 */
import { isStopWord } from './stop-words.ts';

export interface TermCount {
  readonly term: string;
  /** Texts that hold it, and occurrences in all. */
  readonly records: number;
  readonly occurrences: number;
}

export interface TermCounter {
  /** Counts the words of one text. */
  add(text: string): void;
  /** The terms in the most texts first, then by occurrences, then by the term itself; at most so many. */
  result(atMost: number): { readonly distinct: number; readonly terms: readonly TermCount[] };
}

/** Addresses, hashtags and mentions: they are no words of the text, and have columns of their own. */
const notWords =
  /(?:https?:\/\/|www\.)\S+|[#＃@＠](?:[\p{L}\p{M}\p{N}_.\p{Extended_Pictographic}\p{Emoji_Modifier}]|\u{200D}|\u{FE0F})+/gu;
const wordPattern = /[\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}]+)*/gu;
/** Scripts that write no spaces between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
/** A letter or a digit alone: what is left of abbreviations and lists. Of unspaced scripts one sign is a word. */
const tooShort = /^[\p{L}\p{N}]\p{M}*$/u;

let segmenter: Intl.Segmenter | null = null;

/** The words of a text in their order, without case; without hashtags, mentions, addresses, emoji and stop words. */
export function termsOf(text: string): readonly string[] {
  const plain = text.normalize('NFC').replace(notWords, ' ');
  const terms: string[] = [];
  const take = (word: string): void => {
    const term = word.toLowerCase();
    if (isStopWord(term) || (tooShort.test(term) && !unspaced.test(term))) return;
    terms.push(term);
  };
  for (const [word] of plain.matchAll(wordPattern)) {
    if (!unspaced.test(word)) {
      take(word.replace('’', "'"));
      continue;
    }
    segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' });
    for (const { segment, isWordLike } of segmenter.segment(word)) if (isWordLike === true) take(segment);
  }
  return terms;
}

export function countTerms(): TermCounter {
  const numbers = new Map<string, number>();
  const terms: string[] = [];
  const records: number[] = [];
  const occurrences: number[] = [];
  /** The text that each term was met in last. */
  const last: number[] = [];
  let texts = 0;
  return {
    add(text) {
      texts += 1;
      for (const term of termsOf(text)) {
        let number = numbers.get(term);
        if (number === undefined) {
          number = terms.push(term) - 1;
          numbers.set(term, number);
        }
        occurrences[number] = (occurrences[number] ?? 0) + 1;
        if (last[number] === texts) continue;
        last[number] = texts;
        records[number] = (records[number] ?? 0) + 1;
      }
    },
    result(atMost) {
      const order = terms.map((_, number) => number);
      const at = (list: readonly number[], number: number): number => list[number] ?? 0;
      order.sort(
        (a, b) =>
          at(records, b) - at(records, a) ||
          at(occurrences, b) - at(occurrences, a) ||
          ((terms[a] ?? '') < (terms[b] ?? '') ? -1 : 1),
      );
      return {
        distinct: terms.length,
        terms: order.slice(0, atMost).map((number) => ({
          term: terms[number] ?? '',
          records: at(records, number),
          occurrences: at(occurrences, number),
        })),
      };
    },
  };
}
