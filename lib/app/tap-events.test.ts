import { describe, expect, it } from 'vitest';
import { maximumRelayed } from '../core/page-data.ts';
import { unwrapAnswer, wrapAnswer } from './tap-events.ts';

const answer = {
  url: 'https://www.tiktok.com/api/post/item_list/?cursor=0',
  pageUrl: 'https://www.tiktok.com/@someone',
  digitsLost: false,
  text: '{"itemList":[]}\n{"second":"line"}',
};

describe('what crosses from the page’s world', () => {
  it('comes out as it went in', () => {
    expect(unwrapAnswer(wrapAnswer(answer))).toEqual(answer);
    expect(unwrapAnswer(wrapAnswer({ ...answer, digitsLost: true }))?.digitsLost).toBe(true);
  });

  it('takes the longest text, and not one character more', () => {
    const text = 'x'.repeat(maximumRelayed);
    expect(unwrapAnswer(wrapAnswer({ ...answer, text }))?.text.length).toBe(maximumRelayed);
    expect(unwrapAnswer(wrapAnswer({ ...answer, text: `${text}x` }))).toBeNull();
  });

  const { url, pageUrl } = answer;
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['an object', { toString: () => wrapAnswer(answer) }],
    ['a text without a header', '{"itemList":[]}'],
    ['an endless header', `"${'x'.repeat(100_000)}"\ntext`],
    ['a header that is no JSON', 'x\ntext'],
    ['a header that is null', 'null\ntext'],
    ['a header that is a list', '[]\ntext'],
    ['a header that is a number', '1\ntext'],
    ['an empty text', wrapAnswer({ ...answer, text: '' })],
    ['no address', `${JSON.stringify({ pageUrl, digitsLost: false })}\ntext`],
    ['an address that is an object', `${JSON.stringify({ url: {}, pageUrl, digitsLost: false })}\ntext`],
    ['digits neither lost nor kept', `${JSON.stringify({ url, pageUrl, digitsLost: 'no' })}\ntext`],
    [
      'fields that only the prototype has',
      `{"__proto__":${JSON.stringify({ url, pageUrl, digitsLost: false })}}\ntext`,
    ],
    ['very much', 'x'.repeat(maximumRelayed * 2)],
  ])('is nothing for %s', (_name, detail) => {
    expect(unwrapAnswer(detail)).toBeNull();
  });
});
