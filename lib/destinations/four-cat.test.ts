import * as z from 'zod/mini';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { ask, createSandboxFetch } from '../../sandbox/test-client.ts';
import { createWorld } from '../../sandbox/world/world.ts';
import { AppError } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import { type Observation, toObservation } from '../core/observation.ts';
import type { Http, WaitingClock } from '../core/ports.ts';
import type { AnyRecord } from '../core/record.ts';
import { scrub } from '../core/scrub.ts';
import { harnessContext, writeFile } from '../exporters/harness.ts';
import { zeeschuimer, zeeschuimerPlatform } from '../exporters/zeeschuimer.ts';
import { readAnswer } from '../payloads/index.ts';
import { contextAt } from '../payloads/payload.samples.ts';
import { createSystemClock } from '../transport/clock.ts';
import { createHttp } from '../transport/http.ts';
import type { Receipt } from './destination.ts';
import { fourCat } from './four-cat.ts';

let sandbox: Sandbox;
let line: ReturnType<typeof createSandboxFetch>;
/** Unix ms of the sandbox and of whoever waits: a wait passes at once. */
let time = Date.UTC(2026, 10, 21);

beforeAll(async () => {
  sandbox = await startSandbox({ now: () => time });
  line = createSandboxFetch(sandbox.port);
});
beforeEach(() => void vi.stubGlobal('fetch', line.fetch));
afterEach(() => {
  sandbox.reset();
  vi.unstubAllGlobals();
});
afterAll(async () => {
  line.close();
  await sandbox.close();
});

const clock: WaitingClock = {
  now: () => time,
  sleep: async (ms, signal) => {
    if (signal?.aborted) throw new AppError('cancelled', 'The wait was cancelled.');
    time += ms;
  },
};

/** Every header and address that was sent. */
const sent: string[] = [];
const http: Http = (request) => {
  sent.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
  return createHttp({ ...createSystemClock(), now: () => time })(request);
};
beforeEach(() => void (sent.length = 0));

function context(change: Readonly<Record<string, string>> = {}) {
  const credential = z.parse(fourCat.credential, { ...sandbox.credentials.fourCat, ...change });
  return { http, clock, credential };
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error(`No AppError, but ${String(error)}`);
  expect(JSON.stringify(error.toWire())).not.toContain(sandbox.credentials.fourCat.token);
  return error;
}

/** The file that our own exporter makes of an answer that a page loaded. */
async function fileOf(
  address: string,
  type: 'post' | 'comment',
): Promise<{ file: Blob; platform: string; rows: number }> {
  const raws = new Map<AnyRecord, unknown>();
  const { text } = await ask(sandbox.port, address);
  const made = (record: AnyRecord, raw: unknown): void => void raws.set(record, raw);
  const { records } = readAnswer(parseJson(text), { ...contextAt(time, { collectedVia: 'page_xhr' }), made });
  const rows = records.filter((record) => record.record_type === type);
  const observations = rows.map(
    (record): Observation => toObservation(record, JSON.stringify(scrub(raws.get(record)))),
  );
  const bytes = await writeFile(zeeschuimer, type, rows, {
    ...harnessContext,
    observationsOf: async (ref) => observations.filter((one) => one.ref_key === ref),
  });
  const platform = zeeschuimerPlatform(type, rows[0]?.platform ?? 'tiktok') ?? '';
  return { file: new Blob([bytes], { type: zeeschuimer.mediaType }), platform, rows: rows.length };
}

function blob(...lines: readonly unknown[]): Blob {
  return new Blob(lines.map((one) => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`));
}

const tiktok = 'tiktok.com';
const item = {
  id: '7528963259874125698',
  desc: '穿搭 \u2028 "x"',
  createTime: 1_752_900_000,
  author: { uniqueId: 'invented.baker', nickname: 'Baker' },
  video: {},
  music: { id: '1', title: 'x' },
  stats: { diggCount: 1, commentCount: 2, shareCount: 3, playCount: 4 },
};
const envelope = {
  nav_index: '1:-1:0',
  item_id: item.id,
  timestamp_collected: time,
  last_updated: time,
  source_platform: tiktok,
  source_platform_url: '',
  source_url: '',
  user_agent: 'Clipscope/0.1.0',
  data: item,
  id: 1,
};

describe('our own file', () => {
  const { tiktok: tiktokIds, douyin: douyinIds } = createWorld().ids;
  test.each([
    ['TikTok posts', 'www.tiktok.com/api/recommend/item_list/?count=35&cursor=0', 'post', 'tiktok.com'],
    [
      'TikTok comments',
      `www.tiktok.com/api/comment/list/?aweme_id=${tiktokIds.video}&cursor=0&count=20`,
      'comment',
      'tiktok-comments',
    ],
    [
      'Douyin posts',
      `www.douyin.com/aweme/v1/web/aweme/post/?sec_user_id=${douyinIds.author}&max_cursor=0&count=20`,
      'post',
      'douyin.com',
    ],
  ] as const)('of %s keeps every rule of 4CAT’s, and becomes its rows', async (_name, address, type, platform) => {
    const { rows, ...made } = await fileOf(`https://${address}`, type);
    expect(made.platform).toBe(platform);
    expect(rows).toBeGreaterThan(0);
    const progress: string[] = [];
    const receipt = await fourCat.send(context(), { ...made, progress: (words) => progress.push(words) });
    const [arrived] = sandbox.fourCatImports;
    expect(arrived?.problems).toEqual([]);
    expect(arrived).toMatchObject({ platform, authors: 'pseudonymise', rows: arrived?.items.length, failed: false });
    expect(receipt).toEqual<Receipt>({
      state: 'done',
      rows: arrived?.rows ?? null,
      url: `https://4cat.team.test/results/${arrived?.key}/`,
      words: `Imported ${arrived?.rows} items.`,
    });
    expect(progress).toEqual(['Importing uploaded file...', receipt.words]);
  });

  test('arrives byte by byte', async () => {
    await fourCat.send(context({ authors: 'none' }), { file: blob(envelope), platform: tiktok });
    expect(sandbox.fourCatImports).toMatchObject([{ authors: 'none', items: [item], rows: 1, problems: [] }]);
  });

  test('of 20 MB arrives as well', async () => {
    const large = { ...envelope, data: { ...item, desc: '穿'.repeat(1_000_000) } };
    await fourCat.send(context(), { file: blob(...Array.from({ length: 7 }, () => large)), platform: tiktok });
    expect(sandbox.fourCatImports[0]?.rows).toBe(7);
  });
});

describe('the token', () => {
  test('goes raw into its header, and nowhere else', async () => {
    await fourCat.send(context({ token: `Bearer ${sandbox.credentials.fourCat.token}` }), {
      file: blob(envelope),
      platform: tiktok,
    });
    expect(sent).toHaveLength(3);
    for (const request of sent) {
      expect(request).toContain(`"authentication":"${sandbox.credentials.fourCat.token}"`);
      expect(request.split(sandbox.credentials.fourCat.token)).toHaveLength(2);
      expect(request).not.toContain('Bearer');
    }
  });

  test('is proved without changing anything', async () => {
    await fourCat.test(context());
    expect(sandbox.calls).toMatchObject([{ method: 'GET', path: '/api/version.json', verdict: 'ok' }]);
    expect(sandbox.fourCatImports).toEqual([]);
  });

  test.each(['test', 'send'] as const)('that is wrong is told by %s: the server leads to its login', async (what) => {
    const wrong = context({ token: 'another' });
    const error = await failureOf(
      what === 'test' ? fourCat.test(wrong) : fourCat.send(wrong, { file: blob(envelope), platform: tiktok }),
    );
    expect(error).toMatchObject({
      code: 'auth',
      details: { advice: 'error_four_cat_login', parameters: ['4cat.team.test'] },
    });
    expect(error.retryable).toBe(false);
    expect(sandbox.fourCatImports).toEqual([]);
  });
});

describe('a refusal', () => {
  const send = () => fourCat.send(context(), { file: blob(envelope), platform: tiktok });

  test('of a data source that is switched off names it', async () => {
    sandbox.setFourCatSources(['douyin']);
    expect(await failureOf(send())).toMatchObject({
      code: 'unsupported',
      details: {
        advice: 'error_four_cat_platform',
        parameters: ['4cat.team.test', tiktok],
        upstreamMessage: "Unknown platform or source format 'tiktok'",
      },
    });
  });

  test('of the sixth file within a minute tells when to try again', async () => {
    // Polling passes time: three seconds for each.
    for (let count = 0; count < 5; count++) await send();
    const error = await failureOf(send());
    expect(error).toMatchObject({ code: 'rate_limited', details: { advice: 'error_four_cat_often' } });
    expect(error.details.retryAt).toBe(time + 60_000);
    time += 60_000;
    await expect(send()).resolves.toMatchObject({ rows: 1 });
  });

  test.each([
    [401, 'auth', 'error_four_cat_login'],
    [403, 'permission', 'error_four_cat_refused'],
    [404, 'upstream', 'error_four_cat_address'],
    [413, 'bad_request', 'error_four_cat_large'],
    [502, 'upstream', 'error_http_status'],
  ])('with HTTP %i', async (status, code, advice) => {
    sandbox.setFault('four-cat', { kind: 'status', status }, 1);
    expect(await failureOf(send())).toMatchObject({ code, details: { advice, provider: 'four-cat' } });
    expect(sandbox.calls).toHaveLength(1);
  });

  test('by a server that is no 4CAT', async () => {
    sandbox.setFault('four-cat', { kind: 'html' }, 1);
    expect(await failureOf(send())).toMatchObject({ details: { advice: 'error_answer_html' } });
    const elsewhere = await failureOf(fourCat.test(context({ server: 'https://4cat.team.test/other/' })));
    expect(elsewhere).toMatchObject({ details: { advice: 'error_four_cat_address' } });
  });

  test('by a connection that breaks is not sent again', async () => {
    sandbox.setFault('four-cat', { kind: 'dead' });
    expect(await failureOf(send())).toMatchObject({ code: 'network' });
    expect(sandbox.calls).toHaveLength(1);
  });
});

describe('what 4CAT says of a file', () => {
  test('that it cannot read: no rows, in its own words', async () => {
    const broken = { ...envelope, data: { ...item, music: null } };
    const receipt = await fourCat.send(context(), { file: blob(broken), platform: tiktok });
    expect(receipt).toMatchObject({
      state: 'done',
      rows: 0,
      words: 'The import has crashed; an item could not be read.',
    });
    expect(sandbox.fourCatImports[0]?.problems).toEqual(['line 1: music is null (fatal)']);
  });

  test('is waited for, also over a failure of one question; after minutes nobody waits any longer', async () => {
    const questions = (): number => sandbox.calls.filter(({ path }) => path === '/api/check-query/').length;
    let asked = 0;
    const flaky: Http = (request) => {
      asked += 1;
      if (asked === 2) throw new AppError('network', 'away');
      return http(request);
    };
    const file = blob(envelope);
    await expect(fourCat.send({ ...context(), http: flaky }, { file, platform: tiktok })).resolves.toMatchObject({
      rows: 1,
    });
    const never: Http = async (request) => {
      if (request.method === 'POST') return http(request);
      throw new AppError('timeout', 'slow');
    };
    const start = time;
    await expect(fourCat.send({ ...context(), http: never }, { file, platform: tiktok })).resolves.toMatchObject({
      state: 'reading',
      rows: null,
      url: expect.stringMatching(/^https:\/\/4cat\.team\.test\/results\/4ca7\d+\/$/u),
    });
    expect(time - start).toBeGreaterThanOrEqual(2 * 60_000);
    expect(questions()).toBeGreaterThan(0);
  });

  test('may be left alone', async () => {
    const left = new AbortController();
    const progress = (): void => left.abort();
    const work = fourCat.send(
      { ...context(), signal: left.signal },
      { file: blob(envelope), platform: tiktok, progress },
    );
    expect(await failureOf(work)).toMatchObject({ code: 'cancelled' });
  });

  test('never leads to another server', async () => {
    const elsewhere: Http = async (request) => {
      const answer = await http(request);
      const text = new TextDecoder().decode(answer.body).replaceAll('https://4cat.team.test', 'https://elsewhere.test');
      return { ...answer, body: new TextEncoder().encode(text) };
    };
    const { url } = await fourCat.send({ ...context(), http: elsewhere }, { file: blob(envelope), platform: tiktok });
    expect(url).toMatch(/^https:\/\/4cat\.team\.test\/results\/4ca7\d+\/$/u);
  });
});
