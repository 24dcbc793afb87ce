import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createPseudonyms } from './pseudonymise.ts';

const key = '0f'.repeat(32);

test('a pseudonym is the beginning of HMAC-SHA-256 of platform and person under the key’s bytes', () => {
  const pseudonyms = createPseudonyms(key);
  const expected = createHmac('sha256', Buffer.from(key, 'hex')).update('tiktok:harbour.cook').digest('hex');
  expect(pseudonyms.of('tiktok', 'harbour.cook')).toBe(expected.slice(0, 32));
  expect(pseudonyms.of('tiktok', 'harbour.cook')).toBe(expected.slice(0, 32));
  expect(pseudonyms.of('douyin', 'harbour.cook')).not.toBe(expected.slice(0, 32));
});

test('another key makes others, and its scheme does not tell the key', () => {
  const [one, other] = [createPseudonyms(key), createPseudonyms('1e'.repeat(32))];
  expect(one.of('tiktok', 'a')).not.toBe(other.of('tiktok', 'a'));
  expect(one.scheme).toMatch(/^hmac-sha256:[0-9a-f]{8}$/u);
  expect(key).not.toContain(one.scheme.split(':')[1] ?? '?');
});
