import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseHTML } from 'linkedom';
import { describe, expect, test } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { parseJson } from './lossless-json.ts';
import { scrub } from './scrub.ts';

const secret = 'SECRET';
const requestId = '20260706001144B0AD9E1E86CC85071A2B';

/** Keys under which something of the viewer's stands, each as a platform spells it. */
const viewersKeys =
  `msToken ms_token verifyFp verify_fp fp s_v_web_id X-Bogus x_bogus a_bogus _signature X-Gnarly ttwid ttwidCreateTime
  odinId odin_id odin_tt odin device_id deviceId did cdid iid install_id wid webId web_id webIdCreatedTime sessionid
  csrfToken tt_csrf_token access_token authentication_token tt_chain_token nonce userAgent ua client_ip clientIp
  user_unique_id logid log_id logId pageLogId impr_id log_pb request_id u_code share_sign with_sec_did
  digged userDigged user_digged is_digged user_buried collected is_collected userCollected collect_stat
  follow_status followStatus follower_status followerStatus special_follow_status relation relation_label isFollow
  is_favorite isFriend remark_name isLogin is_login has_viewed watch_later_info friend_interaction
  webapp.app-context webapp.biz-context webapp.a-b seo.abtest AppContext appContext BizContext abTestVersion abTestData
  backendAbTest webapp.reflow.global.shareUser shipping_to share_link_desc share_desc`.split(/\s+/u);

/** Keys of content that resemble them, and values that must come through. */
const content = {
  id: '7528963259874125698',
  aweme_id: '7092264344980868359',
  desc: 'Tokens & cookies = fun? #fp=1 "did": you know',
  signature: 'Hello, I am Lily',
  nickname: 'Lily',
  uniqueId: 'lily',
  userUniqueId: 'friend.of.lily',
  sec_uid: 'MS4wLjABAAAA-made-up',
  uid: '6952369874521000001',
  diggCount: 412_902,
  digg_count: 3,
  collectCount: '40720',
  collect_count: 511,
  followerCount: 4_700_000,
  following_count: 26,
  friendCount: 23,
  forFriend: false,
  openFavorite: false,
  is_author_digged: true,
  author_pin: false,
  ip_label: '广东',
  ip_location: 'IP属地：广东',
  region: 'US',
  city: '442000',
  isAd: true,
  relatedCollections: 0,
  shareEnabled: true,
  textExtra: [{ hashtagName: '夏日', awemeId: '', start: 0 }],
  nothing: null,
  zero: 0,
  empty: { list: [], object: {}, text: '' },
  UA: 'Ukraine',
  strategy_tokens: '["ladder"]',
  extra: '{"product_id":1729384756102938475,"title":"A \\"B\\""}',
  playAddr:
    'https://v16.example/video/tos/?a=1988&bti=NDU&ft=4KJ&mime_type=video_mp4&rc=M2Z&signature=ab&tk=x&expire=1',
  cover: 'https://p16.example/obj/a.webp?dr=14579&refresh_token=9e6d&x-expires=1&x-signature=a%2Fb%3D&t=4d5b',
  link: 'https://www.tiktok.com/@lily/video/7528963259874125698?lang=en#comments',
};

test('content comes through as it is', () => {
  expect(scrub(content)).toEqual(content);
  expect(scrub([[content]])).toEqual([[content]]);
  for (const value of ['', 'text', '[Official] video', '{hello}', '%E5%A4%8F', '100 % = all', '?', 0, true, null])
    expect(scrub(value)).toBe(value);
});

describe.each(viewersKeys)('the key %s', (key) => {
  test.each([
    ['a text', secret],
    ['an object', { a: [{ b: secret }] }],
    ['a list', [secret]],
    ['a number', 424_242],
    ['a flag', true],
  ])('goes with %s', (_name, value) => {
    const json = { content, list: [{ [key]: value, kept: 1 }], [key]: value };
    expect(scrub(json)).toEqual({ content, list: [{ kept: 1 }] });
  });

  test('goes in JSON within texts, within texts', () => {
    const inner = JSON.stringify({ kept: '1', [key]: secret });
    const outer = JSON.stringify({ inner, list: [inner] });
    const clean = JSON.stringify({ kept: '1' });
    expect(scrub({ outer })).toEqual({ outer: JSON.stringify({ inner: clean, list: [clean] }) });
    expect(scrub(encodeURIComponent(inner))).toBe(encodeURIComponent(clean));
  });

  test('takes a piece of a script or a cut-off text along', () => {
    const inner = JSON.stringify({ kept: '1', [key]: secret, more: {} });
    for (const text of [
      `0:["$",${inner}]\n`,
      `window.x = ${inner};`,
      inner.slice(0, -2),
      JSON.stringify(inner).slice(1),
    ])
      expect(JSON.stringify(scrub({ text, kept: 1 })), text).not.toContain(secret);
  });
});

const parameters =
  'msToken ms_token verifyFp verify_fp fp s_v_web_id device_id did iid install_id X-Bogus x-bogus _signature a_bogus X-Gnarly ttwid odin_tt sessionid webid web_id user_unique_id u_code share_sign with_sec_did tt_chain_token'.split(
    ' ',
  );

describe.each(parameters)('the parameter %s', (name) => {
  test('goes from addresses in every place and in every writing', () => {
    const pair = `${name}=${secret}%3D-_.~`;
    const address = 'https://www.tiktok.com/api/post/item_list/';
    for (const [given, clean] of [
      [`${address}?${pair}`, address],
      [`${address}?${pair}&a=1`, `${address}?a=1`],
      [`${address}?a=1&${pair}`, `${address}?a=1`],
      [`${address}?a=1&${pair}&${pair}&b=2#top`, `${address}?a=1&b=2#top`],
      [`${address}?${pair}&${pair}#top`, `${address}#top`],
      [`see ${address}?a=1&${pair} and\n${address}?${pair}\nnow`, `see ${address}?a=1 and\n${address}\nnow`],
      [`<a href="${address}?a=1&amp;${pair}&amp;b=2">`, `<a href="${address}?a=1&amp;b=2">`],
      [`"${address}?a=1\\u0026${pair}\\u0026b=2"`, `"${address}?a=1\\u0026b=2"`],
      [
        `app://open?url=${encodeURIComponent(`${address}?${name}=${secret}&b=2`)}&c=3`,
        `app://open?url=${encodeURIComponent(`${address}?b=2`)}&c=3`,
      ],
      [
        `app://a?u=${encodeURIComponent(encodeURIComponent(`${address}?a=1&${name}=${secret}`))}`,
        `app://a?u=${encodeURIComponent(encodeURIComponent(`${address}?a=1`))}`,
      ],
      [`?${pair}`, ''],
    ] as const)
      expect(scrub({ given: [given] }), given).toEqual({ given: [clean] });
  });
});

test('a parameter that only ends or begins like one stays', () => {
  const address = 'https://a.example/?candid=1&didactic=2&prefp=3&fpx=4&guid=5&tk=tt_chain_token';
  expect(scrub(address)).toBe(address);
});

test('ids of requests go by their form, whatever they are called', () => {
  expect(scrub({ l: requestId, list: [requestId, 'b'], extra: { x: requestId } })).toEqual({
    list: ['', 'b'],
    extra: {},
  });
  expect(scrub(`https://v16.example/?a=1&l=${requestId}&b=2`)).toBe('https://v16.example/?a=1&b=2');
  expect(scrub({ id: '7528963259874125698', date: '20260706001144' })).toEqual({
    id: '7528963259874125698',
    date: '20260706001144',
  });
});

test('who passed a link on is not told', () => {
  const address =
    'https://vm.example/v/1.html?u_code=a&user_id=6952&sec_user_id=MS4w&sec_uid=MS4author&utm_source=copy';
  expect(scrub(address)).toBe('https://vm.example/v/1.html?sec_uid=MS4author&utm_source=copy');
});

test('the tokens of a cookie go wherever it is written', () => {
  expect(scrub(`lang=en; ttwid=${secret}%7C1; msToken=${secret}==; theme=dark`)).toBe('lang=en; ; ; theme=dark');
});

test('an object about the session loses its user and place, an object of content does not', () => {
  expect(
    scrub({
      app: { odin: { user_id: secret }, user: { isLogin: true, info: { uid: secret } }, cityName: secret, kept: 1 },
    }),
  ).toEqual({ app: { kept: 1 } });
  expect(scrub({ user: { uid: '1' }, cityName: 'Lyon' })).toEqual({ user: { uid: '1' }, cityName: 'Lyon' });
});

test('an address of the network goes, under its name', () => {
  expect(scrub({ ip: '203.0.113.7', version: '1.2.3.4' })).toEqual({ version: '1.2.3.4' });
  expect(scrub({ ip: '2001:db8::1' })).toEqual({});
  expect(scrub({ ip: 'Disney' })).toEqual({ ip: 'Disney' });
});

/** Mulberry32: the same sequence in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('wherever it is planted, no secret survives, and all content does', () => {
  const random = generator(20_261_121);
  const pick = <T>(list: readonly T[], otherwise: T): T => list[Math.floor(random() * list.length)] ?? otherwise;
  for (let round = 0; round < 3000; round++) {
    let json: unknown = {
      [pick(viewersKeys, 'did')]: pick([secret, { a: secret }, [secret]], secret),
      kept: 'CONTENT',
    };
    if (random() < 0.3) json = { url: `https://a.example/?${pick(parameters, 'did')}=${secret}&kept=CONTENT` };
    for (let depth = Math.floor(random() * 12); depth > 0; depth--) {
      json = pick<() => unknown>(
        [
          () => [json],
          () => ({ [pick(['data', '__proto__', 'constructor', 'toJSON', 'é', ''], 'data')]: json }),
          () => ({ a: 1, list: [null, json, 'x'], [pick(viewersKeys, 'did')]: secret }),
          () => ({ extra: JSON.stringify(json) }),
          () => ({ extra: [encodeURIComponent(JSON.stringify(json))] }),
        ],
        () => json,
      )();
    }
    const before = JSON.stringify(json);
    const text = JSON.stringify(scrub(json));
    expect(text, before).not.toContain(secret);
    expect(text, before).toContain('CONTENT');
    expect(JSON.stringify(json), 'was changed').toBe(before);
    // Nothing is left to take out.
    expect(JSON.stringify(scrub(JSON.parse(text)))).toBe(text);
  }
});

describe('totality', () => {
  test('__proto__ is an ordinary key', () => {
    const json: unknown = JSON.parse(`{"__proto__":{"msToken":"${secret}","kept":1},"constructor":{"a":1}}`);
    const clean = scrub(json);
    expect(JSON.stringify(clean)).toBe('{"__proto__":{"kept":1},"constructor":{"a":1}}');
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
    expect(Reflect.get({}, 'kept')).toBeUndefined();
  });

  test('depth has an end', () => {
    let json: unknown = { msToken: secret };
    for (let depth = 0; depth < 100_000; depth++) json = [json];
    expect(JSON.stringify(scrub(json))).not.toContain(secret);
    expect(JSON.stringify(scrub(`${'['.repeat(5000)}{"did":"${secret}"}${']'.repeat(5000)}`))).not.toContain(secret);
    let text = secret;
    for (let depth = 0; depth < 12; depth++) text = JSON.stringify({ a: text, did: secret });
    expect(JSON.stringify(scrub(text))).not.toContain(`did`);
  });

  test('what is no JSON becomes plain JSON', () => {
    const loop: Record<string, unknown> = { kept: 1 };
    loop['self'] = loop;
    expect(scrub(loop)).toEqual({ kept: 1, self: null });
    expect(
      scrub({ a: undefined, b: () => 1, c: Symbol('c'), d: Number.NaN, e: [undefined, Number.POSITIVE_INFINITY] }),
    ).toEqual({ d: null, e: [null, null] });
    for (const value of [undefined, () => secret, Symbol('x'), 10n, Number.NaN]) expect(scrub(value)).toBeNull();
    const refuses = new Proxy({}, { ownKeys: () => JSON.parse('{') });
    expect(scrub(refuses)).toBeNull();
  });

  test('the same part in many places costs no more than one', () => {
    let json: unknown = { did: secret, kept: 1 };
    for (let depth = 0; depth < 60; depth++) json = [json, json];
    expect(scrub(json)).toBeInstanceOf(Array);
  });

  // Far more than they take: what grows with the square of a text's length takes minutes.
  test('hostile texts are read to their end', { timeout: 30_000 }, () => {
    for (const part of ['?', '&', '%26', '&amp;', 'a=', '?did=', '&did=1', '"', '\\"', '":', '{', '[', '%7B', 'did"'])
      expect(scrub(part.repeat(200_000 / part.length))).toBeTypeOf('string');
  });
});

const captures = sharedFixtures('captures');

describe.skipIf(!captures)(`captures${skippedNote(captures)}`, () => {
  const names = captures ? readdirSync(captures, { recursive: true, encoding: 'utf8' }) : [];

  /** The JSON in a captured file: the file itself, or what its scripts hold. */
  function jsonOf(text: string): unknown[] {
    if (!/^\s*</u.test(text)) return [parseJson(text)];
    return [...parseHTML(text).document.querySelectorAll('script')].flatMap(({ id, textContent }) => {
      const script = id === 'RENDER_DATA' ? decodeURIComponent(textContent) : textContent.trim();
      try {
        return [parseJson(script.replace(/^window\._ROUTER_DATA\s*=\s*/u, ''))];
      } catch {
        return [];
      }
    });
  }

  function* members(json: unknown): Generator<readonly [string, unknown]> {
    let inner = json;
    if (typeof json === 'string' && /^\s*[[{]/u.test(json)) {
      try {
        inner = parseJson(json);
      } catch {
        return;
      }
    }
    if (typeof inner !== 'object' || inner === null) return;
    for (const [key, value] of Object.entries(inner)) {
      yield [key, value];
      yield* members(value);
    }
  }

  const forbidden = new Set(viewersKeys);

  test.each(names.filter((name) => /\.(?:html|json)$/u.test(name)))('%s', (name) => {
    const found = jsonOf(readFileSync(join(captures ?? '', name), 'utf8'));
    expect(found.length).toBeGreaterThan(0);
    for (const json of found) {
      const clean = scrub(json);
      const kept = [...members(clean)];
      expect(kept.map(([key]) => key).filter((key) => forbidden.has(key))).toEqual([]);
      expect(JSON.stringify(clean)).not.toMatch(
        /[?&](?:msToken|device_id|did|iid|u_code|share_sign|verifyFp|_signature)=/u,
      );
      // What a post, an author or a product is made of is all there.
      const telling =
        /^(?:id|aweme_id|desc|uniqueId|signature|diggCount|digg_count|collectCount|play_?count|sku_id|playAddr)$/iu;
      const contentOf = (list: readonly (readonly [string, unknown])[]) =>
        list.filter(([key, value]) => telling.test(key) && typeof value !== 'object').length;
      const contexts = /app-context|biz-context|AppContext|BizContext|abTest|abFormat|"odin"|seo\.abtest|shareUser/u;
      if (!contexts.test(JSON.stringify(json))) expect(contentOf(kept)).toBe(contentOf([...members(json)]));
    }
  });
});
