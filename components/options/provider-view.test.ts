import { describe, expect, it } from 'vitest';
import type { CredentialState, LoginView, UsageView } from '../../lib/messaging/protocol.ts';
import { providerById, providers } from '../../lib/providers/index.ts';
import { type Provider } from '../../lib/providers/provider.ts';
import { currencies, readAmount, readLimit, withoutKey } from './own-figures.ts';
import { clockOff, groupProviders, providerState } from './provider-view.ts';

const now = Date.UTC(2026, 10, 21, 12);

function provider(id: string): Provider {
  const found = providerById(id);
  if (!found) throw new Error(`No provider ${id}`);
  return found;
}

function state(
  id: string,
  usage: Partial<UsageView> = {},
  login: Partial<LoginView> | null = null,
  saved = true,
): CredentialState {
  return {
    provider: id,
    saved,
    values: {},
    storedSecrets: [],
    quota: null,
    usage: {
      limits: { perSecond: 1, burst: 1, concurrency: 1, perDay: null, dayZone: 'UTC' },
      perDay: null,
      callsToday: 0,
      resetsAt: 0,
      restsUntil: null,
      lastError: null,
      skewMs: null,
      ...usage,
    },
    login: login && {
      state: 'none',
      consent: true,
      account: null,
      scopes: [],
      expiresAt: null,
      endsAt: null,
      redirectUri: null,
      error: null,
      ...login,
    },
  };
}

function lastError(code: 'auth' | 'rate_limited'): UsageView['lastError'] {
  return {
    at: now - 1,
    error: {
      code,
      message: '',
      advice: null,
      parameters: [],
      provider: null,
      upstreamCode: null,
      upstreamMessage: null,
      retryable: false,
      retryAt: null,
    },
  };
}

it('every provider stands in one group', () => {
  const groups = groupProviders(providers);
  const all = groups.flatMap((group) => group.providers.map(({ id }) => id));
  expect([...all].sort()).toEqual(providers.map(({ id }) => id).sort());
  const where = new Map(groups.flatMap(({ group, providers: members }) => members.map(({ id }) => [id, group])));
  expect(where.get('gateway')).toBe('douyin_posts');
  expect(where.get('bearer')).toBe('tiktok_posts');
  expect(where.get('open-platform')).toBe('products');
  expect(where.get('tiktok-official')).toBe('account');
  expect(where.get('tiktok-research')).toBe('research');
});

describe('the badge', () => {
  it.each<[string, CredentialState | null, string]>([
    ['gateway', null, 'no_key'],
    ['gateway', state('gateway', {}, null, false), 'no_key'],
    ['gateway', state('gateway'), 'saved'],
    ['oembed', state('oembed', {}, null, false), 'needs_no_key'],
    ['gateway', state('gateway', { restsUntil: now + 1 }), 'resting'],
    ['gateway', state('gateway', { restsUntil: now - 1 }), 'saved'],
    ['gateway', state('gateway', { perDay: 10, callsToday: 10 }), 'used_up'],
    ['gateway', state('gateway', { lastError: lastError('auth') }), 'error'],
    ['gateway', state('gateway', { lastError: lastError('rate_limited') }), 'saved'],
    ['tiktok-official', state('tiktok-official', {}, {}), 'login_needed'],
    ['tiktok-official', state('tiktok-official', {}, { state: 'pending' }), 'login_pending'],
    ['tiktok-official', state('tiktok-official', {}, { state: 'active' }), 'logged_in'],
    ['tiktok-official', state('tiktok-official', { restsUntil: now + 1 }, { state: 'ended' }), 'login_ended'],
    ['tiktok-research', state('tiktok-research', {}, { consent: false, state: 'active' }), 'saved'],
    ['tiktok-research', state('tiktok-research', {}, { consent: false }), 'saved'],
  ])('of %s', (id, given, expected) => {
    expect(providerState(provider(id), given, now)).toBe(expected);
  });
});

it.each([
  [null, null],
  [59_000, null],
  [20 * 60_000, 20],
  [-90_000, -1],
])('a clock %d ms off is %d minutes off', (skewMs, minutes) => {
  expect(clockOff(state('gateway', { skewMs }))).toBe(minutes);
});

it.each([
  ['1,200', 1200],
  [' 0 ', 0],
  ['', null],
  ['-1', undefined],
  ['1.5', undefined],
  ['999999999999', undefined],
])('a daily limit of “%s”', (text, value) => {
  expect(readLimit(text)).toBe(value);
});

it.each([
  ['0.001', 0.001],
  ['0,001', 0.001],
  ['.5', 0.5],
  ['', null],
  ['1e3', undefined],
  ['free', undefined],
  ['1001', undefined],
])('a price of “%s”', (text, value) => {
  expect(readAmount(text)).toBe(value);
});

it('keeps a currency that is not among the usual, and forgets one key of many', () => {
  expect(currencies('SEK')[0]).toBe('SEK');
  expect(withoutKey({ a: 1, b: 2 }, 'a')).toEqual({ b: 2 });
});
