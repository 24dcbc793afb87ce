import { describe, expect, it } from 'vitest';
import { providers } from '../lib/providers/index.ts';
import { moveSource, pageSource, sourcesInOrder } from './source-order.ts';

describe('sources in order', () => {
  it('begins with the page and ends with who needs no key, while nothing is set', () => {
    const order = sourcesInOrder(providers, 'post.get', {});
    expect(order[0]).toBe(pageSource);
    expect(order.at(-1)).toBe('oembed');
    expect(new Set(order).size).toBe(order.length);
    expect(order).not.toContain('open-platform');
  });

  it('takes what the settings name first, once each, and leaves out what nobody offers', () => {
    const set = { 'post.get': ['bearer', 'gone', 'gateway', 'bearer', 'open-platform'] };
    const order = sourcesInOrder(providers, 'post.get', set);
    expect(order.slice(0, 3)).toEqual(['bearer', 'gateway', pageSource]);
    expect([...order].sort()).toEqual([...sourcesInOrder(providers, 'post.get', {})].sort());
    expect(sourcesInOrder(providers, 'product.get', set)[0]).toBe(pageSource);
  });
});

it.each([
  ['b', 0, ['b', 'a', 'c']],
  ['a', 2, ['b', 'c', 'a']],
  ['c', 1, ['a', 'c', 'b']],
  ['a', 0, ['a', 'b', 'c']],
  ['a', -1, ['a', 'b', 'c']],
  ['c', 3, ['a', 'b', 'c']],
  ['x', 1, ['a', 'b', 'c']],
])('moves %s to place %i', (source, place, expected) => {
  expect(moveSource(['a', 'b', 'c'], source, place)).toEqual(expected);
});
