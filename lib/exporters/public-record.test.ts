import { describe, expect, test } from 'vitest';
import { defaultSheetChoices } from '../core/export-choices.ts';
import { bareRecords, postRecord } from '../core/record.samples.ts';
import { publicAddress, publicRecord } from './public-record.ts';

const byDefault = { choices: defaultSheetChoices };
const withPeople = { choices: { ...defaultSheetChoices, personal: 'include' } } as const;

test.each([
  ['https://a.example/x', 'https://a.example/x'],
  ['https://a.example/x?', 'https://a.example/x?'],
  ['https://a.example/x?x-expires=1&x-signature=a%2Fb%3D', 'https://a.example/x?x-expires=1&x-signature=a%2Fb%3D'],
  ['https://a.example/x?a=1&msToken=b&c=2', 'https://a.example/x?a=1&c=2'],
  ['https://a.example/x?msToken=b&c=2', 'https://a.example/x?c=2'],
  ['https://a.example/x?a=1&X-Bogus=b', 'https://a.example/x?a=1'],
  ['https://a.example/x?device_id=1', 'https://a.example/x'],
  // The id of a request, which ends with the asker's address in some forms; a date is none.
  ['https://a.example/x?l=20260901120000CAFE0123456789ABCDEF&a=1', 'https://a.example/x?a=1'],
  ['https://a.example/x?date=20260901&a', 'https://a.example/x?date=20260901&a'],
  // A picture's own, and everybody's.
  ['https://a.example/x?refresh_token=1', 'https://a.example/x?refresh_token=1'],
  [
    'https://a.example/x?to=https%3A%2F%2Fb.example%3FmsToken%3Dc&d=1',
    'https://a.example/x?to=https%3A%2F%2Fb.example&d=1',
  ],
  ['https://a.example/x#msToken=b', 'https://a.example/x#'],
])('%s leaves as %s', (address, left) => {
  expect(publicAddress(address)).toBe(left);
});

test('a record with nothing of it is the very same one', () => {
  const post = postRecord({ cover_url: 'https://a.example/x?x-signature=1', image_urls: ['https://a.example/x'] });
  expect(publicRecord(post, byDefault)).toBe(post);
});

test('lists, subtitles and the endpoint are cleaned too, whatever was chosen of people', () => {
  const post = postRecord({
    image_urls: ['https://a.example/1', 'https://a.example/2?iid=3'],
    subtitles: [{ language: null, kind: 'asr', format: null, url: 'https://a.example/s?iid=3' }],
    api_endpoint: 'gateway/item_get?key=4',
  });
  expect(publicRecord(post, withPeople)).toEqual({
    ...post,
    image_urls: ['https://a.example/1', 'https://a.example/2'],
    subtitles: [{ language: null, kind: 'asr', format: null, url: 'https://a.example/s' }],
    api_endpoint: 'gateway/item_get',
  });
});

test('fields that are not read are not looked at', () => {
  const post = postRecord({ cover_url: 'https://a.example/x?iid=1', music_url: 'https://a.example/x?iid=1' });
  expect(publicRecord(post, byDefault, new Set(['cover_url']))).toEqual({ ...post, cover_url: 'https://a.example/x' });
});

describe('the title of a sound', () => {
  const lily = { music_title: 'son original - Lily', author_name: 'lily' } as const;
  test.each([
    ['of an original one is left out', { ...lily, music_is_original: true }, null],
    [
      'of somebody else’s original one is left out',
      { music_title: 'original sound - max', music_is_original: true },
      null,
    ],
    ['that nobody calls original stays', { ...lily, music_is_original: false }, lily.music_title],
    ['that names the author is left out, where nobody says', { ...lily, music_is_original: null }, null],
    [
      'that names nobody stays, where nobody says',
      { ...lily, music_title: 'Summer', music_is_original: null },
      'Summer',
    ],
  ])('%s', (_name, fields, title) => {
    expect(publicRecord(postRecord(fields), byDefault).music_title).toBe(title);
    expect(publicRecord(postRecord(fields), withPeople).music_title).toBe(fields.music_title);
  });

  test('is left out of its own table as well', () => {
    const music = { ...bareRecords.music, title: '@lily创作的原声', is_original: true };
    expect(publicRecord(music, byDefault).title).toBeNull();
    expect(publicRecord(music, withPeople).title).toBe(music.title);
  });
});
