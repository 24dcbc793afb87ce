import { describe, expect, it } from 'vitest';
import type { RefKey } from '../../../lib/core/ref.ts';
import { createTranslator } from '../../../lib/i18n/index.ts';
import { dayStart } from './day-start.ts';
import { noon } from './jobs.samples.ts';
import {
  askableOf,
  checkJob,
  type Given,
  type JobDraft,
  kindsOf,
  longestName,
  mostThings,
  newDraft,
  suggestedName,
} from './new-job.ts';

const t = createTranslator('en');
const refs: readonly RefKey[] = ['tiktok:post:7528963259874125698', 'douyin:product:3620889942806114562'];
const given = (change: Partial<Given> = {}): Given => ({
  refs,
  ready: new Set(['tikhub', 'tiktok-research']),
  rules: [],
  dayStart: (day) => dayStart(day, 'UTC'),
  ...change,
});
const check = (change: Partial<JobDraft>, about: Partial<Given> = {}) =>
  checkJob(t, { ...newDraft('batch', 0), ...change }, given(about));

describe('a form as it opens', () => {
  it('is about the selection, where there is one', () => {
    expect(newDraft('watchlist', 3).source).toBe('selection');
    expect(newDraft('batch', 0).source).toBe('list');
    expect(newDraft('availability', 0).source).toBe('project');
  });
});

describe('a plan', () => {
  it('of a batch and of a check need things only', () => {
    expect(check({ refresh: true })).toEqual({ plan: { kind: 'batch', refresh: true }, refs, problems: {} });
    expect(check({ kind: 'availability' }).plan).toEqual({ kind: 'availability' });
    expect(check({}, { refs: [] })).toMatchObject({ plan: null, refs: null, problems: { refs: expect.any(String) } });
    // Still being read: nothing is wrong, and nothing can be begun.
    expect(check({}, { refs: null })).toMatchObject({ refs: null, problems: {} });
  });

  it('has no more things than a message holds', () => {
    const many = Array.from({ length: mostThings + 1 }, (_, index): RefKey => `tiktok:post:${index}`);
    expect(check({}, { refs: many }).problems['refs']).toContain('100,000');
  });

  it('of a watchlist has a time of at least an hour, and its rules', () => {
    const rules = [{ key: 4, kind: 'price_below', text: '59.9', currency: 'CNY' }] as const;
    expect(check({ kind: 'watchlist', every: '6', unit: 'hour' }, { rules }).plan).toEqual({
      kind: 'watchlist',
      everyMs: 6 * 3_600_000,
      rules: [{ kind: 'price_below', minor: 5990 }],
    });
    expect(check({ kind: 'watchlist', every: '0' }).problems).toHaveProperty('every');
    expect(check({ kind: 'watchlist', every: '400', unit: 'day' }).problems).toHaveProperty('every');
    const wrong = [{ ...rules[0], text: '' }];
    expect(check({ kind: 'watchlist' }, { rules: wrong })).toMatchObject({
      plan: null,
      problems: { 'rule 4': expect.any(String) },
    });
  });

  const { listing } = newDraft('listing', 0);
  it('of a list of an author has its subject and its end', () => {
    const change = { ...listing, subject: '@Lily', end: 'since', since: '2026-11-01' } as const;
    expect(check({ kind: 'listing', listing: change }, { refs: null })).toEqual({
      plan: {
        kind: 'listing',
        provider: 'tikhub',
        capability: 'post.list',
        platform: 'tiktok',
        subject: 'tiktok:author:lily',
        query: {},
        most: null,
        since: Date.UTC(2026, 10, 1),
      },
      refs: [],
      problems: {},
    });
    expect(check({ kind: 'listing', listing }).problems).toHaveProperty('subject');
    expect(check({ kind: 'listing', listing: { ...change, subject: 'no one here' } }).problems['subject']).toMatch(
      /profile/u,
    );
  });

  it('of a search has the fields of its provider’s form, without the empty ones', () => {
    const search = { ...listing, capability: 'post.search', provider: 'tiktok-research' } as const;
    const texts = { keyword: ' climate ', hashtag: '', username: '', region: 'DE', start: '2026-11-01', end: '' };
    expect(check({ kind: 'listing', listing: { ...search, texts, end: 'most', most: '500' } }).plan).toMatchObject({
      provider: 'tiktok-research',
      subject: null,
      query: { keyword: 'climate', region: 'DE', start: '2026-11-01' },
      most: 500,
    });
    const wrong = { ...search, texts: { ...texts, region: 'Germany' } };
    expect(Object.keys(check({ kind: 'listing', listing: wrong }).problems)).toEqual(['query region']);
    // A range of days alone is no search.
    const days = { ...search, texts: { ...texts, keyword: '  ', region: '' } };
    expect(Object.keys(check({ kind: 'listing', listing: days }).problems)).toEqual(['query keyword']);
  });
});

it('leaves out what no API looks up, and hands on the same list where there is nothing to leave out', () => {
  const { askable, others } = askableOf([...refs, 'tiktok:hashtag:ootd', 'tiktok:music:7528963259874125690']);
  expect(askable).toEqual(refs);
  expect(others).toHaveLength(2);
  expect(askableOf(refs).askable).toBe(refs);
  expect([...kindsOf(refs)]).toEqual([
    ['post', 1],
    ['product', 1],
  ]);
});

describe('the name that is suggested', () => {
  const when = { now: noon, zone: 'UTC' };
  const name = (change: Partial<JobDraft>, about: string | null = null, others: Partial<Given> = {}) =>
    suggestedName(t, check(change, others), { ...newDraft('batch', 0), ...change }, when, about);

  it('says what the job is about, and its day', () => {
    expect(name({})).toBe('Lookup of 2 items · Nov 21, 2026');
    expect(name({ kind: 'availability' }, 'Spring study')).toBe('Availability of Spring study · Nov 21, 2026');
    const { listing } = newDraft('listing', 0);
    expect(name({ kind: 'listing', listing: { ...listing, subject: '@lily' } })).toBe(
      'Posts of the author: @lily · Nov 21, 2026',
    );
    expect(name({}, null, { refs: [] })).toBe('Look up a list · Nov 21, 2026');
  });

  it('fits, and never ends within a character', () => {
    const long = name({ kind: 'availability' }, '👩‍👩‍👧‍👦'.repeat(40));
    expect(long.length).toBeLessThanOrEqual(longestName);
    expect(long).toMatch(/👩‍👩‍👧‍👦 · Nov 21, 2026$/u);
  });
});

describe('the beginning of a day', () => {
  it.each([
    ['2026-11-01', 'UTC', '2026-11-01T00:00:00.000Z'],
    ['2026-11-01', 'Asia/Shanghai', '2026-10-31T16:00:00.000Z'],
    ['2026-11-01', 'America/New_York', '2026-11-01T04:00:00.000Z'],
    ['2026-11-02', 'America/New_York', '2026-11-02T05:00:00.000Z'],
    ['2026-11-01', 'Pacific/Kiritimati', '2026-10-31T10:00:00.000Z'],
    // The clocks went on at midnight: the day began at one.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z'],
  ])('%s in %s is %s', (day, zone, iso) => expect(new Date(dayStart(day, zone) ?? 0).toISOString()).toBe(iso));

  it.each(['', '2026-02-30', '2026-13-01', 'today', '20261101'])('%j is no day', (day) => {
    expect(dayStart(day, 'UTC')).toBeNull();
  });
});
