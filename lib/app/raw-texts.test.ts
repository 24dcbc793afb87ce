import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { bareRecords } from '../core/record.samples.ts';
import { noteRaw, observeAll, withoutRaw } from './raw-texts.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const { post, music, comment } = bareRecords;

test('texts go with the observations of their records: scrubbed, without secrets, hashed', async () => {
  const raw = { id: '1', url: 'https://v.example/?key=my-secret-key', note: 'my-secret-key' };
  const [one, other] = [{ ...post }, { ...music }];
  noteRaw(one, raw, ['my-secret-key']);
  noteRaw(other, raw, ['my-secret-key']);
  const [first, second, third] = await observeAll([one, other, comment], {
    keepRaw: true,
    pageUrl: 'https://www.tiktok.com/@a',
  });
  expect(JSON.parse(first?.raw ?? '')).toMatchObject({ id: '1' });
  expect(first?.raw).not.toContain('my-secret-key');
  expect(first?.record).toMatchObject({
    raw_sha256: hashOf(first?.raw ?? ''),
    collected_from_url: 'https://www.tiktok.com/@a',
  });
  // The same text, once.
  expect([second?.raw, second?.record.raw_sha256]).toEqual([first?.raw, first?.record.raw_sha256]);
  expect(third).not.toHaveProperty('raw');
  expect(third?.record.raw_sha256).toBeNull();
});

test('none is kept where none is wanted', async () => {
  const record = { ...post };
  noteRaw(record, { id: '1' });
  const [observation] = await observeAll([record], { keepRaw: false });
  expect(observation).not.toHaveProperty('raw');
  expect(observation?.record).toEqual(record);
  const [kept] = await observeAll([record], { keepRaw: true });
  const bare = withoutRaw(kept!);
  expect(bare).not.toHaveProperty('raw');
  expect(bare.record).toEqual(record);
});
