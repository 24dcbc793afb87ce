import { expect, test } from 'vitest';
import { postRecord } from '../core/record.samples.ts';
import { hashtagFrequency } from './hashtags.ts';

const tag = (name: string, id: string | null = null) => ({ name, id, origin: 'caption' as const });

test('counts posts, joins spellings, keeps the platforms apart, most used first', () => {
  const records = [
    postRecord({ post_id: '1', hashtags: [tag('OOTD'), tag('ootd', '7'), tag('穿搭')] }),
    postRecord({ post_id: '2', hashtags: [tag('ootd', '7')] }),
    postRecord({ post_id: '2', hashtags: [tag('ootd')] }),
    postRecord({ post_id: '3', platform: 'douyin', hashtags: [tag('ootd', '9')] }),
    // Decomposed e + combining acute.
    postRecord({ post_id: '4', hashtags: [tag('cafe\u0301')] }),
    postRecord({ post_id: '5', hashtags: [tag('caf\u00e9')] }),
  ];
  expect(hashtagFrequency(records)).toEqual([
    { platform: 'tiktok', name: 'caf\u00e9', ids: [], posts: 2 },
    { platform: 'tiktok', name: 'ootd', ids: ['7'], posts: 2 },
    { platform: 'douyin', name: 'ootd', ids: ['9'], posts: 1 },
    { platform: 'tiktok', name: '穿搭', ids: [], posts: 1 },
  ]);
});

test('nothing for no posts', () => {
  expect(hashtagFrequency([])).toEqual([]);
});
