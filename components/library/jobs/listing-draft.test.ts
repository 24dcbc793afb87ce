import { describe, expect, it } from 'vitest';
import {
  canEndAtDay,
  chosenProvider,
  isAccepted,
  newListing,
  offeredCapabilities,
  providersOf,
  readEnd,
  readSubject,
} from './listing-draft.ts';

const both = ['tiktok', 'douyin'] as const;
const secUid = 'MS4wLjABAAAAinventedinventedinventedinventedinvent';

describe('what a list is of', () => {
  it.each<readonly [string, string | null]>([
    ['https://www.tiktok.com/@Lily.Makes', 'tiktok:author:lily.makes'],
    ['www.tiktok.com/@lily?lang=en', 'tiktok:author:lily'],
    ['@Lily', 'tiktok:author:lily'],
    ['lily', 'tiktok:author:lily'],
    [secUid, `tiktok:author:${secUid}`],
    [`https://www.douyin.com/user/${secUid}`, `douyin:author:${secUid}`],
    ['https://www.tiktok.com/@lily/video/7528963259874125698', null],
    ['https://example.org/@lily', null],
    ['li ly', null],
    ['', null],
  ])('%j is %j', (text, ref) => expect(readSubject(text, 'author', both, 'tiktok')).toBe(ref));

  it('is on the chosen platform where nothing else says it, and on none that the API does not know', () => {
    expect(readSubject(secUid, 'author', both, 'douyin')).toBe(`douyin:author:${secUid}`);
    // There are no handles on Douyin that an address could be made of.
    expect(readSubject('@lily', 'author', both, 'douyin')).toBeNull();
    expect(readSubject(`https://www.douyin.com/user/${secUid}`, 'author', ['tiktok'], 'tiktok')).toBeNull();
    expect(readSubject('7528963259874125698', 'post', ['tiktok'], 'douyin')).toBe('tiktok:post:7528963259874125698');
    expect(readSubject('seven', 'post', ['tiktok'], 'tiktok')).toBeNull();
  });
});

describe('whom to ask', () => {
  it('is who has a key, else the first that could', () => {
    const able = providersOf('post.list', new Set(['tikhub']));
    expect(able[0]).toMatchObject({ hasKey: true, provider: { id: 'tikhub' } });
    expect(able.length).toBeGreaterThan(1);
    expect(chosenProvider(newListing, new Set(['tikhub']))?.provider.id).toBe('tikhub');
    const chosen = { ...newListing, provider: able[1]?.provider.id ?? '' };
    expect(chosenProvider(chosen, new Set(['tikhub']))?.provider.id).toBe(able[1]?.provider.id);
    // It cannot give this list.
    expect(chosenProvider({ ...newListing, provider: 'oembed' }, new Set(['tikhub']))?.provider.id).toBe('tikhub');
  });

  it('is known for every kind of list that is offered', () => {
    expect(offeredCapabilities()).toContain('post.search');
    for (const capability of offeredCapabilities()) expect(providersOf(capability, new Set())).not.toEqual([]);
  });

  it('an API may know the author by another name', () => {
    const entry = providersOf('post.list', new Set()).find(({ provider }) => provider.id === 'bearer')?.entry;
    if (!entry) throw new Error('no such provider');
    expect(isAccepted(entry, 'tiktok:author:lily')).toBe(false);
    expect(isAccepted(entry, `tiktok:author:${secUid}`)).toBe(true);
  });
});

describe('the end', () => {
  const start = (day: string) => (day === '2026-11-01' ? 7 : null);

  it('is the list’s own, a number or a day', () => {
    expect(readEnd(newListing, start)).toEqual({ most: null, since: null });
    expect(readEnd({ ...newListing, end: 'most', most: '1,200' }, start)).toEqual({ most: 1200, since: null });
    expect(readEnd({ ...newListing, end: 'since', since: '2026-11-01' }, start)).toEqual({ most: null, since: 7 });
  });

  it('is said to be wrong where it is', () => {
    expect(readEnd({ ...newListing, end: 'most', most: '0' }, start)).toHaveProperty('problem');
    expect(readEnd({ ...newListing, end: 'since' }, start)).toHaveProperty('problem');
  });

  it('is no day for lists that do not come by day', () => {
    expect(canEndAtDay('product.search')).toBe(false);
    const search = { ...newListing, capability: 'post.search', end: 'since' } as const;
    expect(readEnd(search, start)).toEqual({ most: null, since: null });
  });
});
