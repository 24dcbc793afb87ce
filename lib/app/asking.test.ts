/** Real providers, the real transport, and a stub of the network: what is sent, to whom, and what becomes of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import type { HttpRequest } from '../core/ports.ts';
import type { EntityRef } from '../core/ref.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { bearer } from '../providers/bearer.ts';
import { gateway } from '../providers/gateway.ts';
import { testTime } from '../providers/harness.ts';
import { keySecret } from '../providers/key-secret.ts';
import type { Provider, ProviderContext, Quota } from '../providers/provider.ts';
import { tikhub } from '../providers/tikhub.ts';
import { tiktokResearch } from '../providers/tiktok-research.ts';
import type { StoredCredential } from '../storage/database.ts';
import { createTestClock, createTestStore } from '../transport/test-clock.samples.ts';
import { createTransport } from '../transport/transport.ts';
import { createAsking, type Question, type TokenSource } from './asking.ts';
import { askInOrder } from './choosing.ts';

const ref: EntityRef = { platform: 'tiktok', kind: 'post', id: '7401000111222333444' };
const douyinRef: EntityRef = { platform: 'douyin', kind: 'post', id: '7401122334455667788' };

const fixture = (name: string): string =>
  readFileSync(new URL(`../payloads/fixtures/${name}.json`, import.meta.url), 'utf8');
const list: unknown = JSON.parse(fixture('bearer-user-post-list'));
const bearerDetail = JSON.stringify({
  code: 0,
  msg: 'success',
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fixture's own shape
  data: { aweme_detail: (list as { data: { aweme_list: unknown[] } }).data.aweme_list[0] },
}).replaceAll('7515000000000000001', ref.id);

interface Answer {
  readonly status?: number;
  readonly body: string;
}

const good: Readonly<Record<string, Answer>> = {
  'key-secret.test': { body: fixture('key-secret-video') },
  'bearer.test': { body: bearerDetail },
  'gateway.test': { body: fixture('onebound-video') },
};

const keys: Readonly<Record<string, StoredCredential['values']>> = {
  'key-secret': { key: 'planted_key_4711', secret: 'planted-secret-4712', baseUrl: 'https://key-secret.test/v1' },
  bearer: { apiKey: 'sk-planted-4713', baseUrl: 'https://bearer.test' },
  gateway: { key: 'planted_key_4714', secret: 'planted-secret-4715', hosts: ['https://gateway.test'] },
  'tiktok-research': { clientKey: 'aw4716plantedkey', clientSecret: 'planted-secret-4717' },
};

interface Given {
  readonly answers?: Readonly<Record<string, Answer>>;
  readonly settings?: Partial<Settings>;
  readonly tokens?: Partial<TokenSource>;
  readonly hasAccess?: (origins: readonly string[]) => boolean;
}

function desk({ answers = {}, settings = {}, tokens = {}, hasAccess = () => true }: Given = {}) {
  const clock = createTestClock(testTime);
  const store = createTestStore();
  const requests: HttpRequest[] = [];
  const quotas: (readonly [string, Quota, boolean])[] = [];
  let asked = 0;
  const transport = createTransport({
    clock,
    store,
    random: () => 0.5,
    http: async (request) => {
      requests.push(request);
      const { status = 200, body } = { ...good, ...answers }[new URL(request.url).host] ?? { status: 500, body: '' };
      return { status, headers: {}, body: new TextEncoder().encode(body), receivedAt: clock.now() };
    },
  });
  const asking = createAsking({
    transport,
    tokens: { tokenFor: async () => null, renewAfter: async () => null, ...tokens },
    settings: async () => ({ ...defaultSettings, ...settings }),
    stored: async (provider) => (keys[provider] ? { provider, values: keys[provider], quota: null } : null),
    hasAccess: async (origins) => hasAccess(origins),
    keepQuota: async (provider, quota, belongs) =>
      void quotas.push([provider, quota, belongs(keys[provider] ?? {}) && !belongs({ key: 'another' })]),
    asked: () => {
      asked += 1;
    },
  });
  const get = (provider: Provider, of: EntityRef = ref, question: Partial<Question> = {}) =>
    asking.ask(provider, { name: `post.get ${of.id}`, patienceMs: 20_000, ...question }, async (context) => {
      const entry = provider.capabilities['post.get'];
      if (!entry) throw new Error(`${provider.id} has no post.get.`);
      return entry.get(context, of);
    });
  const hosts = (): string[] => requests.map(({ url }) => new URL(url).host);
  return { asking, clock, store, requests, quotas, get, hosts, asked: () => asked };
}

describe('one provider', () => {
  test('gives its records, and the call is counted', async () => {
    const { get, store, asked } = desk();
    const { records } = await get(keySecret);
    expect(records[0]).toMatchObject({ record_type: 'post', post_id: ref.id, api_provider: 'key-secret' });
    expect(store.kept.get('key-secret')).toMatchObject({ calls: 1 });
    expect(asked()).toBe(1);
  });

  test('without a readable credential, or without the browser’s leave, nothing is sent', async () => {
    const { get, requests } = desk({ hasAccess: (origins) => !origins.includes('https://bearer.test') });
    await expect(get(tikhub)).rejects.toMatchObject({ code: 'auth', details: { provider: 'tikhub' } });
    await expect(get(bearer)).rejects.toMatchObject({
      code: 'permission',
      details: { parameters: ['https://bearer.test', bearer.label] },
    });
    expect(requests).toEqual([]);
  });

  test('the same asked twice at once is one call; past the cache it is another', async () => {
    const { get, clock, requests } = desk();
    await clock.until(Promise.all([get(bearer), get(bearer), get(bearer, ref, { fresh: true })]));
    expect(requests).toHaveLength(2);
  });

  test('the researcher’s daily limit is kept, and said before anything is sent', async () => {
    const { get, requests } = desk({ settings: { dailyLimits: { bearer: 1 } } });
    await get(bearer);
    await expect(get(bearer, { ...ref, id: '7401000111222333445' })).rejects.toMatchObject({ code: 'quota_exhausted' });
    expect(requests).toHaveLength(1);
  });

  test('a reading of the quota is kept beside the key that it belongs to, also with an error', async () => {
    const withQuota = fixture('onebound-video').replace(
      '{',
      '{"api_info":"today:12 max:100 all[8=1+2+3];expires:2030-01-01",',
    );
    const refused = desk({ answers: { 'gateway.test': { body: withQuota } } });
    await refused.get(gateway, douyinRef);
    expect(refused.quotas.map(([provider, , belongs]) => [provider, belongs])).toEqual([['gateway', true]]);
  });

  test('no secret is in an error, however the server repeats it', async () => {
    const echo = `{"code":401,"msg":"key planted_key_4711 / planted-secret-4712 is wrong"}`;
    const { get } = desk({ answers: { 'key-secret.test': { status: 401, body: echo } } });
    const error: unknown = await get(keySecret).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toMatch(/planted/u);
    expect(error).toMatchObject({ code: 'auth' });
  });
});

describe('the next provider', () => {
  const order = [keySecret, bearer];
  const says = (code: number, msg: string, status = 200): Answer => ({ status, body: JSON.stringify({ code, msg }) });

  test.each<[string, Answer, string]>([
    ['no allowance left', says(40301, 'quota exceeded'), 'quota_exhausted'],
    ['a wrong key', says(401, 'key invalid', 401), 'auth'],
    ['too many calls, for longer than one waits', says(1, 'frequency limit, wait 60s'), 'rate_limited'],
    ['a server that is down', { status: 502, body: '<html>' }, 'upstream'],
  ])('answers after %s', async (_name, answer, code) => {
    const { get, clock, hosts } = desk({ answers: { 'key-secret.test': answer } });
    const { answered, failures } = await clock.until(askInOrder(order, (provider) => get(provider)));
    expect(answered?.provider.id).toBe('bearer');
    expect(answered?.value.records[0]).toMatchObject({ post_id: ref.id, api_provider: 'bearer' });
    expect(failures).toMatchObject([{ provider: 'key-secret', error: { code } }]);
    expect(hosts().at(-1)).toBe('bearer.test');
  });

  test('is not asked about a video that does not exist', async () => {
    const { get, hosts } = desk({ answers: { 'key-secret.test': says(404, 'video does not exist') } });
    const { answered, failures } = await askInOrder(order, (provider) => get(provider));
    expect(answered).toBeNull();
    expect(failures).toMatchObject([{ provider: 'key-secret', error: { code: 'not_found' } }]);
    expect(hosts()).toEqual(['key-secret.test']);
  });

  test('has its turn at once where the first is known to have nothing left', async () => {
    const { get, clock, hosts } = desk({ answers: { 'key-secret.test': says(40301, 'quota exceeded') } });
    await clock.until(askInOrder(order, (provider) => get(provider)));
    const other = { ...ref, id: '7401000111222333445' };
    await clock.until(askInOrder(order, (provider) => get(provider, other)));
    expect(hosts().filter((host) => host === 'key-secret.test')).toHaveLength(1);
    expect(hosts().filter((host) => host === 'bearer.test')).toHaveLength(2);
  });

  test('where both fail, both are told of', async () => {
    const { get, clock } = desk({
      answers: { 'key-secret.test': says(401, 'key invalid', 401), 'bearer.test': says(401, 'expired', 401) },
    });
    const { answered, failures } = await clock.until(askInOrder(order, (provider) => get(provider)));
    expect(answered).toBeNull();
    expect(failures.map(({ provider, error }) => `${provider} ${error.code}`)).toEqual([
      'key-secret auth',
      'bearer auth',
    ]);
  });
});

describe('a provider with a login', () => {
  const askWith = async (accepts: string, tokens: Partial<TokenSource>) => {
    const { asking } = desk({ tokens });
    const used: (string | null)[] = [];
    const make = async ({ token }: ProviderContext): Promise<string> => {
      used.push(token);
      if (token === accepts) return 'an answer';
      throw new AppError('auth', `The token ${token} has ended.`);
    };
    const answer = asking.ask(tiktokResearch, { name: null, patienceMs: 1_000 }, make);
    return { answer: await answer.catch((error: unknown) => error), used };
  };

  test('is called with its token', async () => {
    const { answer, used } = await askWith('clt.one', { tokenFor: async () => 'clt.one' });
    expect([answer, used]).toEqual(['an answer', ['clt.one']]);
  });

  test('whose token is refused is called once more, with another', async () => {
    const renewed: string[] = [];
    const { answer, used } = await askWith('clt.two', {
      tokenFor: async () => 'clt.one',
      renewAfter: async (_provider, refused) => {
        renewed.push(refused);
        return 'clt.two';
      },
    });
    expect([answer, used, renewed]).toEqual(['an answer', ['clt.one', 'clt.two'], ['clt.one']]);
  });

  test('whose second token is refused as well is not called a third time, and no token is in the error', async () => {
    const { answer, used } = await askWith('none', {
      tokenFor: async () => 'clt.one',
      renewAfter: async () => 'clt.two',
    });
    expect(used).toEqual(['clt.one', 'clt.two']);
    expect(answer).toMatchObject({ code: 'auth' });
    expect(String(answer)).not.toContain('clt.');
  });

  test('without one, a refusal is the answer', async () => {
    const { answer, used } = await askWith('clt.one', {});
    expect(used).toEqual([null]);
    expect(answer).toMatchObject({ code: 'auth' });
  });
});
