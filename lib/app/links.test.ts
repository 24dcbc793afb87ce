import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { RefKey } from '../core/ref.ts';
import { defaultSettings } from '../core/settings.ts';
import { testTime } from '../providers/harness.ts';
import type { ProviderContext } from '../providers/provider.ts';
import type { Asking } from './asking.ts';
import { resolveLink } from './links.ts';

const fixture = readFileSync(new URL('../payloads/fixtures/onebound-video.json', import.meta.url), 'utf8');
const link: RefKey = 'douyin:short_link:v.douyin.com/iRNBho6u';

/** Asks the real provider with an Http port that answers so, as the desk of asking.ts would. */
function resolve(answer: unknown, keys: readonly string[] = ['gateway'], key: RefKey = link) {
  const names: (string | null)[] = [];
  const asking: Asking = {
    concurrency: async () => 1,
    async ask(_provider, { name }, make) {
      names.push(name);
      const context: ProviderContext = {
        http: async () => ({
          status: 200,
          headers: {},
          body: new TextEncoder().encode(JSON.stringify(answer)),
          receivedAt: testTime,
        }),
        now: () => testTime,
        credential: {
          key: 'planted',
          secret: 'planted',
          hosts: ['https://gateway.test'],
          language: 'cn',
          cache: 'yes',
        },
        token: null,
        fresh: false,
        reportQuota: () => undefined,
      };
      return make(context);
    },
  };
  const dependencies = { asking, settings: async () => defaultSettings, stored: async () => new Set(keys) };
  return { names, found: resolveLink(dependencies, key) };
}

describe('resolveLink', () => {
  test('without a key nobody is asked', async () => {
    const { names, found } = resolve({}, []);
    await expect(found).rejects.toMatchObject({ code: 'auth', details: { advice: 'error_no_key_for_it' } });
    expect(names).toEqual([]);
  });

  test('what is no short link is refused before anybody is asked', async () => {
    const { names, found } = resolve({}, ['gateway'], 'douyin:post:7401122334455667788');
    await expect(found).rejects.toMatchObject({ code: 'bad_request' });
    expect(names).toEqual([]);
  });

  test('the address, and what it names', async () => {
    const { found } = resolve(JSON.parse(fixture));
    expect(await found).toEqual({
      url: 'https://www.douyin.com/video/7401122334455667788',
      ref: 'douyin:post:7401122334455667788',
    });
  });

  test('an error of the provider is told as it is', async () => {
    const { names, found } = resolve({ error_code: '4013', error: 'quota' });
    await expect(found).rejects.toBeInstanceOf(AppError);
    expect(names).toEqual(['link.resolve https://v.douyin.com/iRNBho6u']);
  });
});
