import { describe, expect, test } from 'vitest';
import { AppError, type ErrorCode, errorCodes } from '../core/errors.ts';
import { postRecord } from '../core/record.samples.ts';
import type { FigureNote, PostRecord } from '../core/record.ts';
import { bearer } from '../providers/bearer.ts';
import { keySecret } from '../providers/key-secret.ts';
import { oembed } from '../providers/oembed.ts';
import type { Provider } from '../providers/provider.ts';
import { tikhub } from '../providers/tikhub.ts';
import { tiktokOfficial } from '../providers/tiktok-official.ts';
import {
  askInOrder,
  firstError,
  pageSaysAll,
  pageSource,
  policyOf,
  providersInOrder,
  providersToAsk,
  sourcesInOrder,
} from './choosing.ts';

const able: readonly Provider[] = [oembed, keySecret, bearer, tikhub];
const names = (sources: readonly (Provider | typeof pageSource)[]): string[] =>
  sources.map((source) => (source === pageSource ? source : source.id));

describe('sourcesInOrder', () => {
  test.each<[string, string[] | undefined, string[]]>([
    ['nothing named', undefined, ['page', 'key-secret', 'bearer', 'tikhub', 'oembed']],
    ['the last first', ['tikhub'], ['tikhub', 'page', 'key-secret', 'bearer', 'oembed']],
    ['the page in its place', ['bearer', 'page'], ['bearer', 'page', 'key-secret', 'tikhub', 'oembed']],
    ['who needs no key, where it is named', ['oembed'], ['oembed', 'page', 'key-secret', 'bearer', 'tikhub']],
    [
      'who cannot, twice, or does not exist',
      ['gateway', 'x', 'page', 'page', 'bearer', 'bearer'],
      ['page', 'bearer', 'key-secret', 'tikhub', 'oembed'],
    ],
  ])('%s', (_name, named, order) => {
    expect(names(sourcesInOrder(named ? { 'post.get': named } : {}, 'post.get', able))).toEqual(order);
  });

  test('an order is of one capability', () => {
    const order = { 'post.list': ['tikhub'] };
    expect(names(providersInOrder(order, 'post.get', able))).toEqual(['key-secret', 'bearer', 'tikhub', 'oembed']);
  });
});

describe('providersToAsk', () => {
  const choose = (given: Partial<Parameters<typeof providersToAsk>[0]>, order: string[] = []) =>
    names(
      providersToAsk({
        sources: sourcesInOrder({ 'post.get': order }, 'post.get', able),
        named: order,
        stored: new Set(['key-secret', 'tikhub']),
        automatic: false,
        pageSuffices: false,
        isRefused: () => false,
        ...given,
      }),
    );

  test('a click asks whoever has a key, whatever the page says, also who refused a moment ago', () => {
    expect(choose({ pageSuffices: true, isRefused: () => true })).toEqual(['key-secret', 'tikhub']);
  });

  test('who needs no key is asked where nobody else can be, or where the researcher says so', () => {
    expect(choose({ stored: new Set() })).toEqual(['oembed']);
    expect(choose({}, ['tikhub', 'oembed'])).toEqual(['tikhub', 'oembed', 'key-secret']);
  });

  test('without a click nobody is asked that needs no key, not even alone', () => {
    expect(choose({ automatic: true })).toEqual(['key-secret', 'tikhub']);
    expect(choose({ automatic: true, stored: new Set() }, ['oembed'])).toEqual([]);
  });

  test('without a click the page counts in its place, where it suffices', () => {
    const automatic = { automatic: true, pageSuffices: true };
    expect(choose(automatic)).toEqual([]);
    expect(choose(automatic, ['tikhub', 'page'])).toEqual(['tikhub']);
    expect(choose(automatic, ['tikhub', 'key-secret', 'page'])).toEqual(['tikhub', 'key-secret']);
    expect(choose({ automatic: true, pageSuffices: false }, ['page'])).toEqual(['key-secret', 'tikhub']);
  });

  test('without a click who refused is left out, and the next one has its turn', () => {
    expect(choose({ automatic: true, isRefused: ({ id }) => id === 'key-secret' })).toEqual(['tikhub']);
  });

  test('without a click who knows the own account only is asked where the researcher says so', () => {
    const given = { sources: [tiktokOfficial, tikhub], stored: new Set([tiktokOfficial.id, 'tikhub']) };
    expect(choose(given)).toEqual([tiktokOfficial.id, 'tikhub']);
    expect(choose({ ...given, automatic: true })).toEqual(['tikhub']);
    expect(choose({ ...given, automatic: true, named: [tiktokOfficial.id] })).toEqual([tiktokOfficial.id, 'tikhub']);
  });
});

describe('pageSaysAll', () => {
  const since = Date.UTC(2026, 10, 21);
  const note: FigureNote = { precision: 'exact', source: 'statsV2', observed_at: since + 1, fetched_at: since + 1 };
  const told = (change: Partial<FigureNote> = {}): PostRecord =>
    postRecord({
      figures: { view_count: note, like_count: note, comment_count: note, share_count: { ...note, ...change } },
    });

  test('exact figures of the page since then, all four', () => {
    expect(pageSaysAll(told(), since)).toBe(true);
    expect(pageSaysAll(told({ precision: 'rounded' }), since)).toBe(false);
    expect(pageSaysAll(told({ source: 'api:gateway' }), since)).toBe(false);
    expect(pageSaysAll(told({ observed_at: since }), since)).toBe(false);
    expect(pageSaysAll(postRecord({ figures: { view_count: note } }), since)).toBe(false);
    expect(pageSaysAll(null, since)).toBe(false);
  });
});

describe('askInOrder', () => {
  const failing = (codes: Readonly<Record<string, ErrorCode>>) => {
    const asked: string[] = [];
    const ask = async ({ id }: Provider): Promise<string> => {
      asked.push(id);
      const code = codes[id];
      if (code) throw new AppError(code, `${id} says ${code}`);
      return id;
    };
    return { asked, ask };
  };
  const goesOn: ReadonlySet<ErrorCode> = new Set([
    'quota_exhausted',
    'rate_limited',
    'upstream',
    'network',
    'timeout',
    'auth',
  ]);

  test.each(errorCodes)('%s', async (code) => {
    const { asked, ask } = failing({ bearer: code });
    const { answered, failures } = await askInOrder([bearer, tikhub], ask);
    expect(asked).toEqual(goesOn.has(code) ? ['bearer', 'tikhub'] : ['bearer']);
    expect(answered?.value ?? null).toBe(goesOn.has(code) ? 'tikhub' : null);
    expect(failures.map(({ provider, error }) => [provider, error.code])).toEqual([['bearer', code]]);
  });

  test.each<ErrorCode>(['not_found', 'unsupported', 'auth'])(
    'who knows the own account only says nothing of others by %s',
    async (code) => {
      const { asked, ask } = failing({ [tiktokOfficial.id]: code });
      await askInOrder([tiktokOfficial, tikhub], ask);
      expect(asked).toEqual([tiktokOfficial.id, 'tikhub']);
    },
  );

  test('where all fail, all failures are kept and the first is the one to show', async () => {
    const { ask } = failing({ bearer: 'auth', tikhub: 'upstream', 'key-secret': 'not_found' });
    const { answered, failures } = await askInOrder([bearer, tikhub, keySecret, oembed], ask);
    expect(answered).toBeNull();
    expect(failures.map(({ provider }) => provider)).toEqual(['bearer', 'tikhub', 'key-secret']);
    expect(firstError(failures)).toMatchObject({ code: 'auth', message: 'bearer says auth' });
  });

  test('who may not go on stops after the first', async () => {
    const { asked, ask } = failing({ bearer: 'auth' });
    await askInOrder([bearer, tikhub], ask, () => false);
    expect(asked).toEqual(['bearer']);
  });

  test('an error that is none of ours is no reason to pay another', async () => {
    const { failures } = await askInOrder([bearer, tikhub], async () => {
      throw new TypeError('a bug');
    });
    expect(failures.map(({ error }) => error.code)).toEqual(['internal']);
  });
});

describe('policyOf', () => {
  const limited = (perDay: number | null): Provider => ({
    ...bearer,
    limits: () => ({ perSecond: 1, burst: 1, concurrency: 1, perDay, dayZone: 'UTC' }),
  });
  test.each([
    [null, undefined, null],
    [null, 50, 50],
    [100, undefined, 100],
    [100, 50, 50],
    [100, 500, 100],
    [100, 0, 0],
  ])('the provider allows %s, the researcher %s: %s', (perDay, own, expected) => {
    const daily = own === undefined ? {} : { bearer: own };
    expect(policyOf(limited(perDay), {}, daily)).toMatchObject({ provider: 'bearer', limits: { perDay: expected } });
  });
});
