import { describe, expect, it } from 'vitest';
import { nextRule, readMinor, readRule, readWhole, type RuleDraft, ruleKinds, startingRules } from './watch-rules.ts';

const draft = (kind: RuleDraft['kind'], text = '', currency = 'CNY'): RuleDraft => ({ key: 0, kind, text, currency });

describe('amounts', () => {
  it.each<readonly [string, string, number | null]>([
    ['59.9', 'CNY', 5990],
    ['59,90', 'CNY', 5990],
    ['1,200', 'CNY', 120_000],
    ['1,234,567.8', 'USD', 123_456_780],
    ['.5', 'USD', 50],
    ['12.', 'USD', 1200],
    ['1 200', 'VND', 1200],
    ['1.2', 'VND', null],
    ['1.234', 'USD', null],
    ['1.234', 'KWD', 1234],
    ['', 'USD', null],
    ['.', 'USD', null],
    ['-1', 'USD', null],
    ['1e3', 'USD', null],
    ['99999999999999999999', 'USD', null],
  ])('%j %s is %j minor units', (text, currency, minor) => expect(readMinor(text, currency)).toBe(minor));

  it('has no noise of binary fractions', () => {
    for (const text of ['0.29', '1.15', '4.35', '1005.01'])
      expect(readMinor(text, 'USD')).toBe(Math.round(Number(text) * 100));
  });

  it.each([
    ['1,200', 1200],
    ['0', 0],
    ['1.5', null],
    ['', null],
    ['９', null],
  ])('%j is the whole number %j', (text, value) => expect(readWhole(text)).toBe(value));
});

describe('a rule', () => {
  it('is read with its figure in its own unit', () => {
    expect(readRule(draft('price_below', '59.9'))).toEqual({ kind: 'price_below', minor: 5990 });
    expect(readRule(draft('price_below', '5990', 'JPY'))).toEqual({ kind: 'price_below', minor: 5990 });
    expect(readRule(draft('stock_below', '10'))).toEqual({ kind: 'stock_below', count: 10 });
    expect(readRule(draft('views_above', '1,000'))).toEqual({ kind: 'views_above', count: 1000 });
    expect(readRule(draft('changed_by', '12.5 %'))).toEqual({ kind: 'changed_by', percent: 12.5 });
    expect(readRule(draft('removed', 'anything'))).toEqual({ kind: 'removed' });
  });

  it.each<readonly [RuleDraft['kind'], string]>([
    ['price_below', ''],
    ['price_below', '0'],
    ['price_below', '1.234'],
    ['stock_below', '0'],
    ['views_above', 'many'],
    ['changed_by', '0'],
    ['changed_by', '10001'],
  ])('%s %j is said to be wrong', (kind, text) => expect(readRule(draft(kind, text))).toHaveProperty('problem'));
});

it('a watchlist begins with rules that need no figure and fit its things', () => {
  const kinds = (...names: ('post' | 'product' | 'author')[]) => new Set(names);
  expect(startingRules(kinds('post'), 'USD').map(({ kind }) => kind)).toEqual(['removed']);
  expect(startingRules(kinds('author', 'post'), 'USD').map(({ kind }) => kind)).toEqual(['new_post', 'removed']);
  const first = startingRules(kinds('product'), 'CNY');
  const second = nextRule(first, kinds('product'), 'CNY');
  expect(second).toMatchObject({ kind: 'price_below', currency: 'CNY' });
  expect(nextRule([...first, second], kinds('product'), 'CNY').kind).toBe('stock_below');
  expect(nextRule([], kinds('post'), 'USD').kind).toBe('views_above');
  // Keys stay apart when rows in between were taken away.
  let rows = first;
  for (let round = 0; round < ruleKinds.length; round++)
    rows = [...rows.slice(1), nextRule(rows, kinds('post'), 'USD')];
  expect(nextRule(rows, kinds('post'), 'USD').key).toBeGreaterThan(Math.max(...rows.map(({ key }) => key)));
});
