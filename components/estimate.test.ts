import { expect, it } from 'vitest';
import { defaultSettings } from '../lib/core/settings.ts';
import { createTranslator } from '../lib/i18n/index.ts';
import type { CredentialState } from '../lib/messaging/protocol.ts';
import { beyondText, durationText, estimateCalls, estimateText, priceText } from './estimate.ts';

const t = createTranslator('en');

const state = (perDay: number | null, callsToday: number): CredentialState => ({
  provider: 'bearer',
  saved: true,
  values: {},
  storedSecrets: [],
  quota: null,
  login: null,
  usage: {
    limits: { perSecond: 3, burst: 3, concurrency: 2, perDay, dayZone: 'UTC' },
    perDay,
    callsToday,
    resetsAt: 0,
    restsUntil: null,
    lastError: null,
    skewMs: null,
  },
});

it('words a run as a dry run', () => {
  const settings = { ...defaultSettings, callPrices: { bearer: { amount: 0.001, currency: 'USD' } } };
  const { estimate, left } = estimateCalls(1200, state(null, 5), settings);
  expect(estimateText(t, '1,200 posts', estimate, 3)).toBe('1,200 posts ≈ 1,200 calls ≈ $1.20, 7 min at 3 per second');
  expect(beyondText(t, estimate, left)).toBeNull();
});

it('names no cost without a price, and says what today has no room for', () => {
  const { estimate, left } = estimateCalls(1200, state(1000, 900), defaultSettings);
  expect(estimateText(t, '1,200 posts', estimate, 3)).not.toContain('$');
  expect(beyondText(t, estimate, left)).toMatch(/100 fit, 1,100 would be refused/u);
  const spent = estimateCalls(1, state(10, 25), defaultSettings);
  expect(beyondText(t, spent.estimate, spent.left)).toMatch(/\b0 fit, 1 would/u);
});

it.each([
  [0, 'about a second'],
  [1.2, '2 sec'],
  [399, '7 min'],
  [5400, '1 hr 30 min'],
  [7200, '2 hr'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(t, seconds)).toBe(text);
});

it.each([
  [1.2, 'USD', '$1.20'],
  [0.0012, 'USD', '$0.0012'],
  [0, 'USD', '$0.00'],
  [24, 'CNY', 'CN¥24.00'],
])('%d %s is %s', (amount, currency, text) => {
  expect(priceText(amount, currency, 'en')).toBe(text);
});
