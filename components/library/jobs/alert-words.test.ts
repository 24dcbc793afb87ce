import { expect, it } from 'vitest';
import { createTranslator } from '../../../lib/i18n/index.ts';
import type { Alert, WatchRule } from '../../../lib/messaging/protocol.ts';
import { alertText, figuresText, ruleText } from './alert-words.ts';
import { sampleAlert } from './jobs.samples.ts';

const en = createTranslator('en');
const zh = createTranslator('zh_CN');

const price: WatchRule = { kind: 'price_below', minor: 6000 };
const cases: readonly (readonly [Partial<Alert>, string, string | null])[] = [
  [{ rule: price, before: 7200, after: 5900, currency: 'CNY' }, 'The price is below CN¥60.00', 'CN¥72.00 → CN¥59.00'],
  // No decimals in dong: the same minor units are another amount.
  [{ rule: price, before: null, after: 5900, currency: 'VND' }, 'The price is below ₫6,000', '₫5,900'],
  [{ rule: price, before: 7200, after: 5900 }, 'The price is below 60.00', '72.00 → 59.00'],
  [{ rule: { kind: 'stock_below', count: 10 }, before: 14, after: 0 }, 'The stock is below 10', '14 → 0'],
  [
    { rule: { kind: 'views_above', count: 1_000_000 }, before: 985_123, after: 1_012_998 },
    'The views are above 1,000,000',
    '985,123 → 1,012,998',
  ],
  [
    { rule: { kind: 'changed_by', percent: 10 }, ref: 'tiktok:author:lily', before: 10_000, after: 11_250 },
    'Followers: up by 12.5%',
    '10,000 → 11,250',
  ],
  [
    { rule: { kind: 'changed_by', percent: 10 }, ref: 'tiktok:post:7528963259874125690', before: 400, after: 300 },
    'Views or likes: down by 25%',
    '400 → 300',
  ],
  [
    { rule: { kind: 'changed_by', percent: 5 }, before: 8900, after: 7200, currency: 'CNY' },
    'Price: down by 19.1%',
    'CN¥89.00 → CN¥72.00',
  ],
  [{ rule: { kind: 'changed_by', percent: 5 }, before: 0, after: 7 }, 'Changed: Price', '0 → 7'],
  [{ rule: { kind: 'new_post' }, about: 'tiktok:post:7528963259874125690' }, 'A new post', null],
  [{ rule: { kind: 'new_post' }, before: 10, after: 12 }, 'A new post', 'Posts: 10 → 12'],
  [{ rule: { kind: 'removed' } }, 'It can no longer be seen', null],
];

it.each(cases)('%j is worded', (change, text, figures) => {
  const alert = sampleAlert(change);
  expect(alertText(en, alert)).toBe(text);
  expect(figuresText(en, alert)).toBe(figures);
});

it('words figures as the language does', () => {
  const alert = sampleAlert({ rule: price, before: 7200, after: 5900, currency: 'CNY' });
  expect(alertText(zh, alert)).toBe('价格低于 ¥60.00');
  expect(figuresText(zh, alert)).toBe('¥72.00 → ¥59.00');
});

it.each<readonly [WatchRule, string]>([
  [{ kind: 'price_below', minor: 5990 }, 'price below 59.90'],
  [{ kind: 'changed_by', percent: 12.5 }, 'changed by 12.5% or more'],
  [{ kind: 'views_above', count: 10_000 }, 'views above 10,000'],
  [{ kind: 'removed' }, 'no longer to be seen'],
])('%j is a rule in words', (rule, text) => {
  expect(ruleText(en, rule)).toBe(text);
});
