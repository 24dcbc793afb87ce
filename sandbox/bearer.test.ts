import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bearer } from '../lib/providers/bearer.ts';
import type { Http } from '../lib/core/ports.ts';
import type { Fault, Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import type { TestAnswer } from './test-client.ts';
import { ask } from './test-client.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

type Json = Record<string, unknown>;
const parse = (answer: TestAnswer): Json => JSON.parse(answer.text);

function call(path: string, parameters: Record<string, string>, authorization?: string): Promise<TestAnswer> {
  const { apiKey, baseUrl } = sandbox.credentials.bearer;
  const query = new URLSearchParams(parameters).toString();
  return ask(sandbox.port, `${baseUrl}/api/v1/tiktok/${path}?${query}`, {
    headers: { authorization: authorization ?? `Bearer ${apiKey}` },
  });
}
const detail = (id: string, authorization?: string): Promise<TestAnswer> =>
  call('video/detail', { aweme_id: id }, authorization);
const author = () => sandbox.world.postsOf('tiktok')[0]?.author ?? sandbox.world.authors[0]!;
const list = (parameters: Record<string, string> = {}): Promise<TestAnswer> =>
  call('user/post/list', { sec_user_id: author().secUid, max_cursor: '0', limit: '35', ...parameters });

describe('the bearer API', () => {
  it('answers a call with the key from the world', async () => {
    const post = sandbox.world.post(sandbox.world.ids.tiktok.video);
    const answer = await detail(post?.id ?? '');
    expect(parse(answer)).toMatchObject({
      code: 0,
      data: {
        aweme_detail: {
          aweme_id: post?.id,
          statistics: { play_count: post?.counts.plays, collect_count: post?.counts.saves },
          video: { duration: post?.durationMs },
        },
      },
    });
    expect(sandbox.calls).toMatchObject([
      { api: 'bearer', apiName: 'video/detail', verdict: 'ok', itemId: post?.id, headers: { cookie: null } },
    ]);
  });

  it.each([
    ['no header', ''],
    ['another key', 'Bearer sk-other'],
    ['the bare key', 'sk-sandbox-bearer-5f2e'],
    ['another case of the key', 'Bearer SK-SANDBOX-BEARER-5F2E'],
    ['two spaces', 'Bearer  sk-sandbox-bearer-5f2e'],
    ['more after the key', 'Bearer sk-sandbox-bearer-5f2e2'],
  ])('refuses %s', async (_name, header) => {
    const answer = await detail(sandbox.world.ids.tiktok.video, header);
    expect([answer.status, parse(answer)['code']]).toEqual([401, 401]);
    expect(sandbox.calls.at(-1)?.verdict).toBe('wrong_key');
  });

  it('knows no missing and no withdrawn post, and names what is wrong with a list', async () => {
    const { missing, withdrawn } = sandbox.world.ids.tiktok;
    expect(parse(await detail(missing))).toMatchObject({ code: 0, data: { aweme_detail: null } });
    expect(parse(await detail(withdrawn))).toMatchObject({ data: { aweme_detail: null } });
    const refusals = [{ sec_user_id: 'MS4wLjABAAAAnobody' }, { limit: '36' }, { limit: '0' }];
    for (const parameters of refusals) expect(parse(await list(parameters))).toMatchObject({ code: 400 });
    expect(sandbox.calls.map(({ verdict }) => verdict)).toEqual([
      'not_found',
      'ok',
      'not_found',
      'bad_parameter',
      'bad_parameter',
    ]);
  });

  it('has faults on demand', async () => {
    const id = sandbox.world.ids.tiktok.video;
    const verdictOf = async (fault: Fault): Promise<[number, unknown, string | undefined]> => {
      sandbox.setFault('bearer', fault, 1);
      const answer = await detail(id);
      const code = answer.text.startsWith('{"code"') ? /"code":(\d+)/.exec(answer.text)?.[1] : null;
      return [answer.status, code, sandbox.calls.at(-1)?.verdict];
    };
    expect(await verdictOf({ kind: 'rate_limit', retryAfter: 9 })).toEqual([429, '429', 'rate_limit']);
    expect(await verdictOf({ kind: 'code', code: '400' })).toEqual([200, '400', 'code_400']);
    expect(await verdictOf({ kind: 'status', status: 503 })).toEqual([503, null, 'status_503']);
    expect(await verdictOf({ kind: 'html' })).toEqual([200, null, 'html']);
    expect(await verdictOf({ kind: 'wrong_item' })).toEqual([200, '0', 'wrong_item']);
    sandbox.setFault('bearer', { kind: 'truncated' }, 1);
    const cut = await detail(id);
    expect(() => parse(cut)).toThrow(SyntaxError);
    sandbox.serveAnswer('bearer', 'video/detail', '{"code":0,"data":{"prepared":1}}');
    expect(parse(await detail(id))).toMatchObject({ data: { prepared: 1 } });
  });
});

describe('the extension’s provider', () => {
  const http: Http = async ({ method, url, headers, body }) => {
    const answer = await ask(sandbox.port, url, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: answer.status, headers: {}, body: answer.bytes, receivedAt: Date.now() };
  };
  const context = () => ({
    http,
    now: () => Date.now(),
    credential: sandbox.credentials.bearer,
    token: null,
    fresh: false,
    reportQuota: () => undefined,
  });

  it.each(['code', 'code-as-text', 'status'] as const)('reads every post in the form %s', async (form) => {
    sandbox.setAnswerForm(form);
    for (const post of sandbox.world.postsOf('tiktok').slice(0, 30)) {
      if (post.status !== 'normal') continue;
      const ref = { platform: 'tiktok', kind: 'post', id: post.id } as const;
      const answer = await bearer.capabilities['post.get']?.get(context(), ref);
      expect(answer?.records[0]).toMatchObject({
        post_id: post.id,
        caption: post.caption || null,
        view_count: post.counts.plays,
        created_at: post.createdAt * 1000,
        music_id: post.music.id,
      });
    }
  });

  it.each(['code', 'status'] as const)('reads an author’s posts to the end in the form %s, each once', async (form) => {
    sandbox.setAnswerForm(form);
    const { secUid } = author();
    const subject = { platform: 'tiktok', kind: 'author', id: secUid } as const;
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { records: readonly { record_type: string }[]; cursor: string | null } | undefined =
        await bearer.capabilities['post.list']?.list(
          context(),
          { platform: 'tiktok', subject, query: { limit: '7' } },
          cursor,
        );
      for (const record of page?.records ?? []) if ('post_id' in record) ids.push(String(record.post_id));
      cursor = page?.cursor ?? null;
    } while (cursor !== null && ids.length < 500);
    const all = sandbox.world.postsOf('tiktok').filter((post) => post.author === author() && post.status === 'normal');
    expect([...ids].sort()).toEqual(all.map(({ id }) => id).sort());
    expect(sandbox.calls).toHaveLength(Math.ceil(all.length / 7));
  });
});
