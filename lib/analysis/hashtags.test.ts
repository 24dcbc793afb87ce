import { describe, expect, it } from 'vitest';
import type { HashtagUse } from '../core/record.ts';
import { postRecord } from '../core/record.samples.ts';
import { hashtagFrequency, hashtagKey } from './hashtags.ts';

const tag = (name: string): HashtagUse => ({ name, id: null, origin: 'caption' });
const post = (...names: string[]) => postRecord({ hashtags: names.map(tag) });

describe('hashtagFrequency', () => {
  it('counts posts, not uses, and gives the share of all given posts', () => {
    const counts = hashtagFrequency([post('harbour', 'Harbour'), post('harbour', 'boat'), post(), post('boat')]);
    expect(counts).toEqual([
      { platform: 'tiktok', name: 'boat', posts: 2, share: 0.5 },
      { platform: 'tiktok', name: 'harbour', posts: 2, share: 0.5 },
    ]);
  });

  it('shows the spelling that most posts use, the first met of equals', () => {
    expect(hashtagFrequency([post('FYP'), post('fyp'), post('fyp')])[0]?.name).toBe('fyp');
    expect(hashtagFrequency([post('ForYou'), post('foryou')])[0]?.name).toBe('ForYou');
  });

  it.each([
    ['composed and decomposed', 'caf\u00e9', 'cafe\u0301'],
    ['ß and SS', 'straße', 'STRASSE'],
    ['Greek final sigma', 'ΛΟΓΟΣ', 'λογος'],
    ['full case', 'ÉTÉ', 'été'],
  ])('takes %s for one tag', (_name, one, other) => {
    expect(hashtagFrequency([post(one), post(other)])).toMatchObject([{ posts: 2, share: 1 }]);
  });

  it('keeps what merely looks alike apart, and emoji and Chinese whole', () => {
    const counts = hashtagFrequency([post('美食', '美食家', '🌊', 'a', 'ａ')]);
    expect(counts.map(({ name }) => name).sort()).toEqual(['a', 'ａ', '美食', '美食家', '🌊'].sort());
  });

  it('never mixes platforms: neither the counts nor the shares', () => {
    const douyin = { ...post('tea'), platform: 'douyin' as const };
    expect(hashtagFrequency([post('tea'), post(), douyin])).toEqual([
      { platform: 'tiktok', name: 'tea', posts: 1, share: 0.5 },
      { platform: 'douyin', name: 'tea', posts: 1, share: 1 },
    ]);
  });

  it('is not led astray by names of built-in properties', () => {
    const counts = hashtagFrequency([post('__proto__', 'constructor', 'toString')]);
    expect(counts.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
  });

  it('finds nothing in nothing', () => {
    expect(hashtagFrequency([])).toEqual([]);
    expect(hashtagFrequency([post()])).toEqual([]);
  });
});

it('hashtagKey is the same for its own result', () => {
  for (const name of ['İstanbul', 'straße', 'Ünal', '#', ''])
    expect(hashtagKey(hashtagKey(name))).toBe(hashtagKey(name));
});
