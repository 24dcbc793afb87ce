import { expect, test } from 'vitest';
import { countTerms, termsOf } from './terms.ts';

test('words are without case, hashtags, mentions, addresses, emoji, single letters and stop words', () => {
  expect(
    termsOf(
      'The RYE bread, a rye Loaf! #rye #Bread @invented.friend https://www.invented.test/x?y=1 😋 x 7 2026 don’t',
    ),
  ).toEqual(['rye', 'bread', 'rye', 'loaf', '2026']);
  expect(termsOf("grandma's café")).toEqual(["grandma's", 'café']);
});

test('Chinese is cut into words, which one sign alone can be', () => {
  expect(termsOf('今天教大家做一道红烧茄子，猫和狗 #家常菜')).toEqual(
    expect.arrayContaining(['今天', '茄子', '猫', '狗']),
  );
  expect(termsOf('今天教大家做一道红烧茄子，猫和狗 #家常菜').join('')).not.toMatch(/家常菜|大家|和/u);
  expect(termsOf('夏日OOTD衬衫')).toEqual(['夏日', 'ootd', '衬衫']);
});

test('a text counts once for each of its terms, and every occurrence counts', () => {
  const counter = countTerms();
  for (const text of ['rye rye bread', 'Bread', '面包 面包', '', 'butter']) counter.add(text);
  expect(counter.result(10)).toEqual({
    distinct: 4,
    terms: [
      { term: 'bread', records: 2, occurrences: 2 },
      { term: 'rye', records: 1, occurrences: 2 },
      { term: '面包', records: 1, occurrences: 2 },
      { term: 'butter', records: 1, occurrences: 1 },
    ],
  });
  expect(counter.result(1).terms).toHaveLength(1);
});
