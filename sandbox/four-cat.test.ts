import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { problemsOf } from './four-cat-rules.ts';
import type { Sandbox } from './index.ts';
import { startSandbox } from './index.ts';
import type { TestAnswer } from './test-client.ts';
import { ask } from './test-client.ts';

let sandbox: Sandbox;
let now = Date.UTC(2026, 10, 21);
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => now });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const server = 'https://4cat.team.test';
const parse = (answer: TestAnswer): Record<string, unknown> => JSON.parse(answer.text);
const item = {
  id: '1',
  desc: 'x',
  createTime: 1,
  author: { uniqueId: 'a', nickname: 'b' },
  video: {},
  music: { id: '1', title: 'x' },
  stats: { diggCount: 1, commentCount: 2, shareCount: 3, playCount: 4 },
};
const line = {
  nav_index: '1:-1:0',
  item_id: '1',
  timestamp_collected: 1,
  last_updated: 1,
  source_platform: 'tiktok.com',
  source_platform_url: '',
  source_url: '',
  user_agent: 'x',
  data: item,
  id: 1,
};

const { id: _number, ...withoutId } = line;

function post(body: string, headers: Record<string, string> = {}): Promise<TestAnswer> {
  return ask(sandbox.port, `${server}/api/import-dataset/?pseudonymise=anonymise`, {
    method: 'POST',
    body,
    headers: { authentication: sandbox.credentials.fourCat.token, 'x-zeeschuimer-platform': 'tiktok.com', ...headers },
  });
}

function get(path: string, headers: Record<string, string> = {}): Promise<TestAnswer> {
  return ask(sandbox.port, `${server}${path}`, { headers });
}

describe('the team’s 4CAT', () => {
  it('queues a file, reads it, and tells its rows at the second question', async () => {
    const queued = parse(await post(`${JSON.stringify(line)}\n`));
    expect(queued).toMatchObject({ status: 'queued', url: `/results/${String(queued['key'])}/` });
    const check = async () =>
      parse(
        await get(
          `/api/check-query/?key=${String(queued['key'])}&access-token=${encodeURIComponent(sandbox.credentials.fourCat.token)}`,
        ),
      );
    expect(await check()).toMatchObject({ done: false });
    expect(await check()).toMatchObject({ done: true, rows: 1, url: `${server}/results/${String(queued['key'])}/` });
    expect(sandbox.fourCatImports).toMatchObject([
      {
        platform: 'tiktok.com',
        authors: 'anonymise',
        problems: [],
        items: [{ ...item, __import_meta: { item_id: '1' } }],
      },
    ]);
  });

  it('leads whoever has no token to its login, "Bearer" or not', async () => {
    for (const authentication of ['', 'other', `Bearer ${sandbox.credentials.fourCat.token}`]) {
      const { status, headers } = await post('', { authentication });
      expect({ status, to: headers['location'] }).toEqual({ status: 302, to: `${server}/login/` });
    }
    const byOther = await get('/api/version.json', { authorization: sandbox.credentials.fourCat.token });
    expect(parse(byOther)).toMatchObject({ items: { version: '1.56' } });
    expect(sandbox.fourCatImports).toEqual([]);
  });

  it('refuses what is not switched on, and the sixth file within a minute', async () => {
    sandbox.setFourCatSources(['tiktok-comments']);
    const refused = await post('');
    expect([refused.status, parse(refused)]).toEqual([404, { message: "Unknown platform or source format 'tiktok'" }]);
    for (let count = 0; count < 4; count++)
      expect((await post('', { 'x-zeeschuimer-platform': 'tiktok-comments' })).status).toBe(200);
    expect((await post('')).status).toBe(429);
    now += 60_000;
    expect((await post('')).status).toBe(404);
    expect((await get('/api/check-query/?key=1', { authentication: sandbox.credentials.fourCat.token })).status).toBe(
      404,
    );
    expect((await get('/api/other/')).status).toBe(404);
  });

  it.each<[string, string, string[], number]>([
    ['a line that is no JSON', '{\n', ['line 1: no JSON'], 0],
    [
      'a byte order mark',
      `\uFEFF${JSON.stringify(line)}\n`,
      ['the file begins with a byte order mark', 'line 1: no JSON'],
      0,
    ],
    ['no end of the last line', JSON.stringify(line), ['the last line has no end'], 1],
    ['U+2028 within a text', `${JSON.stringify({ ...line, data: { ...item, desc: 'a\u2028b' } })}\n`, [], 1],
    [
      'a key of the envelope elsewhere',
      `${JSON.stringify({ id: 1, ...withoutId })}\n`,
      [
        'line 1: the keys are id,nav_index,item_id,timestamp_collected,last_updated,source_platform,source_platform_url,source_url,user_agent,data',
      ],
      1,
    ],
    [
      'an item of another platform',
      `${JSON.stringify({ ...line, source_platform: 'douyin.com' })}\n`,
      ['line 1: source_platform is douyin.com'],
      1,
    ],
  ])('notes %s', async (_name, body, problems, rows) => {
    await post(body);
    expect(sandbox.fourCatImports).toMatchObject([{ problems, rows }]);
  });

  it('gives the whole file up where 4CAT does', async () => {
    await post(`${JSON.stringify(line)}\n${JSON.stringify({ ...line, data: { ...item, stats: null } })}\n`);
    expect(sandbox.fourCatImports).toMatchObject([
      { failed: true, rows: 0, problems: ['line 2: stats is null (fatal)'] },
    ]);
  });
});

describe('the rules', () => {
  const comment = {
    cid: '1',
    aweme_id: '2',
    reply_id: '0',
    user: { uid: '3', avatar_thumb: { url_list: ['x'] } },
    text: 'x',
    create_time: 1,
    digg_count: 0,
    share_info: { url: 'x', title: 'x' },
    stick_position: 0,
    comment_language: 'en',
  };
  const douyin = {
    aweme_id: '1',
    group_id: '1',
    desc: 'x',
    create_time: 1,
    author: { nickname: 'x', sec_uid: 'x', avatar_thumb: {} },
    statistics: {},
    video: {},
    text_extra: null,
    video_tag: null,
  };

  it('are kept by the smallest items that 4CAT accepts', () => {
    expect(problemsOf('tiktok.com', item)).toEqual([]);
    expect(problemsOf('tiktok.com', { ...item, author: 'an.old.state' })).toEqual([]);
    expect(problemsOf('tiktok-comments', comment)).toEqual([]);
    expect(problemsOf('douyin.com', douyin)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['tiktok.com', item],
    ['tiktok-comments', comment],
    ['douyin.com', douyin],
  ])('of %s miss each of its keys', (platform, whole) => {
    for (const name of Object.keys(whole)) {
      // A post without an author is of an old state.
      if (platform === 'tiktok.com' && name === 'author') continue;
      const { [name]: _gone, ...rest } = whole;
      expect([name, problemsOf(platform, rest).length > 0]).toEqual([name, true]);
    }
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['tiktok.com', { ...item, createTime: null }, 'createTime is null'],
    ['tiktok.com', { ...item, createTime: 'soon' }, 'createTime is no time'],
    ['tiktok.com', { ...item, video: { shareCover: 'x' } }, 'video.shareCover is no list'],
    ['tiktok.com', { ...item, challenges: null }, 'challenges is null'],
    ['tiktok.com', { ...item, authorStats: null }, 'authorStats is null'],
    ['tiktok-comments', { ...comment, share_info: null }, 'share_info is null'],
    ['tiktok-comments', { ...comment, user: { uid: '3', avatar_thumb: null } }, 'user.avatar_thumb is null'],
    ['douyin.com', { ...douyin, video: null }, 'video is null'],
    ['douyin.com', { ...douyin, cell_room: null }, 'cell_room is null'],
    ['douyin.com', { ...douyin, video: { cover: null } }, 'video.cover is null'],
    ['douyin.com', { ...douyin, music: { play_url: null } }, 'music.play_url is null'],
  ])('of %s: %j is fatal', (platform, broken, problem) => {
    expect(problemsOf(platform, broken)).toEqual([{ verdict: 'fatal', problem }]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['tiktok.com', { ...item, challenges: [{ title: 'a' }, {}] }, 'challenges.[].title is missing'],
    ['tiktok.com', { ...item, author: { uniqueId: 'a' } }, 'author.nickname is missing'],
    ['douyin.com', { ...douyin, author: { nickname: 'x', avatar_thumb: {} } }, 'author.sec_uid is missing'],
  ])('of %s: %j makes no row', (platform, broken, problem) => {
    expect(problemsOf(platform, broken)).toEqual([{ verdict: 'unmappable', problem }]);
  });
});
