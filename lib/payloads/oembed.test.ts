import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readAnswer } from './index.ts';
import { contextAt } from './payload.samples.ts';

const fixture = JSON.parse(readFileSync(new URL('./fixtures/oembed.json', import.meta.url), 'utf8'));
const saved = contextAt(Date.UTC(2026, 10, 21), { collectedVia: 'import' });

test('a saved answer is recognised, also in the envelope of another program; when it was given nobody knows', () => {
  for (const json of [fixture, [fixture], { data: fixture }])
    expect(readAnswer(json, saved)).toMatchObject({
      payload: 'oembed',
      records: [{ post_id: '7401000111222333444', observed_at: null, author_name: 'Invented Baker' }],
    });
});

test.each([
  ['another site’s', { ...fixture, provider_name: 'Other', provider_url: 'https://other.test' }],
  ['one of an author, which names no post', { ...fixture, embed_product_id: 'invented_baker', html: '' }],
])('%s is none', (_name, json) => {
  expect(readAnswer(json, saved).payload).not.toBe('oembed');
});

test('a photo post has an address of its own', () => {
  const { records } = readAnswer({ ...fixture, embed_type: 'photo' }, saved);
  expect(records[0]).toMatchObject({
    post_type: 'photo',
    post_url: 'https://www.tiktok.com/@invented_baker/photo/7401000111222333444',
  });
  const { records: unknown } = readAnswer({ ...fixture, embed_type: 'rich' }, saved);
  expect(unknown[0]).toMatchObject({ post_type: 'unknown' });
});
