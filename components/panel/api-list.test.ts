import { describe, expect, it } from 'vitest';
import type { WireError } from '../../lib/core/errors.ts';
import type { ListOffer, ListState } from '../../lib/messaging/protocol.ts';
import { begunLists, listOf, offeredLists, placesOf, readPages } from './api-list.ts';
import { distinctErrors } from './lookup-errors.ts';

const author = 'tiktok:author:someone';
const other = 'tiktok:author:other';
const offer = (change: Partial<ListOffer>): ListOffer => ({
  capability: 'post.list',
  provider: 'bearer',
  subject: author,
  hasKey: true,
  ...change,
});
const list = (change: Partial<ListState>): ListState => ({
  key: 'k',
  capability: 'post.list',
  provider: 'bearer',
  subject: author,
  query: {},
  state: 'paused',
  pages: 1,
  refs: [],
  error: null,
  ...change,
});

describe('offers', () => {
  const offers = [
    offer({ capability: 'post.search', subject: null, provider: 'key-secret' }),
    offer({ provider: 'tikhub', hasKey: false }),
    offer({}),
    offer({ subject: other }),
  ];

  it('stand together by kind and subject, whoever has a key first, searches last', () => {
    const lists = offeredLists(offers, [author], true);
    expect(lists.map(({ capability }) => capability)).toEqual(['post.list', 'post.search']);
    expect(lists[0]?.offers.map(({ provider }) => provider)).toEqual(['bearer', 'tikhub']);
  });

  it('of another thing and searches are left out where they do not belong', () => {
    expect(offeredLists(offers, [other], false).map(({ subject }) => subject)).toEqual([other]);
    expect(offeredLists(offers, [], false)).toEqual([]);
  });
});

describe('lists', () => {
  const [offered] = offeredLists([offer({ capability: 'post.search', subject: null })], [], true);
  if (!offered) throw new Error('no offer');
  const one = list({ key: 'one', capability: 'post.search', subject: null, query: { words: 'harbour', region: '' } });
  const two = list({ key: 'two', capability: 'post.search', subject: null, query: { words: 'quay' } });

  it('are found again by provider and words; blanks and empty fields do not count', () => {
    const begun = begunLists([one, list({ key: 'three' }), two], offered);
    expect(begun.map(({ key }) => key)).toEqual(['one', 'two']);
    expect(listOf(begun, 'bearer', { region: '', words: ' harbour ' })?.key).toBe('one');
    expect(listOf(begun, 'bearer', { words: 'quay', region: '' })?.key).toBe('two');
    expect(listOf(begun, 'bearer', { words: 'dock' })).toBeNull();
    expect(listOf(begun, 'tikhub', { words: 'quay' })).toBeNull();
  });

  it('keep their order as places', () => {
    expect(placesOf([author, other]).map(({ ref, rank }) => [ref, rank])).toEqual([
      [author, 1],
      [other, 2],
    ]);
  });
});

it.each([
  ['5', 5],
  ['1000', 1000],
  ['0', null],
  ['1001', null],
  ['1.5', null],
  ['', null],
])('“%s” pages', (text, pages) => {
  expect(readPages(text)).toBe(pages);
});

it('names each reason once, the most frequent first', () => {
  const error = (code: WireError['code'], provider: string): WireError => ({
    code,
    message: '',
    advice: null,
    parameters: [],
    provider,
    upstreamCode: null,
    upstreamMessage: null,
    retryable: false,
    retryAt: null,
  });
  const reasons = distinctErrors([error('auth', 'a'), error('not_found', 'a'), error('not_found', 'a')]);
  expect(reasons.map(({ error: { code }, times }) => [code, times])).toEqual([
    ['not_found', 2],
    ['auth', 1],
  ]);
});
