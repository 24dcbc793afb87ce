import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { sharedFixtures, skippedNote } from '../../e2e/harness/shared-fixtures.ts';
import { runCli } from './run-cli.ts';

// Each call starts a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });

const folder = mkdtempSync(join(tmpdir(), 'clipscope-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const savedAt = '2026-09-01T12:00:00Z';

function save(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  utimesSync(path, new Date(savedAt), new Date(savedAt));
  return path;
}

/** A made-up list answer of TikTok's web API. */
const list = JSON.stringify({
  statusCode: 0,
  itemList: [
    {
      id: '7528963259874125698',
      desc: '夏日 #ootd',
      createTime: 1_752_973_370,
      author: { uniqueId: 'lily', nickname: 'Lily' },
      video: { duration: 12 },
      stats: { playCount: 16_000, diggCount: 1200, commentCount: 30, shareCount: 4, collectCount: '5' },
      statsV2: { playCount: '15955', diggCount: '1203', commentCount: '30', shareCount: '4', collectCount: '5' },
    },
  ],
});
const record = {
  record_type: 'post',
  platform: 'tiktok',
  post_id: '7528963259874125698',
  caption: '夏日 #ootd',
  view_count: 15_955,
  duration_s: 12,
  duration_ms: 12_000,
  hashtags: ['ootd'],
  collected_via: 'import',
  observed_at_utc: null,
  figures: { view_count: { precision: 'exact', source: 'statsV2' } },
};

describe('a saved answer', () => {
  test('prints one record per line, fetched when the file was written', () => {
    const path = save('list.json', list);
    const { exitCode, values, stderr } = runCli(['inspect', path]);
    expect(values).toMatchObject([{ ...record, fetched_at_utc: savedAt, collected_from_url: null }]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `${path}: 1 post\n` });
  });

  test.each([
    ['a byte order mark', `\uFEFF${list}`],
    // 夏日 in GBK.
    [
      'the encoding GBK',
      Buffer.concat(
        list.split('夏日').flatMap((part, at) => [Buffer.from(at ? [0xcf, 0xc4, 0xc8, 0xd5] : []), Buffer.from(part)]),
      ),
    ],
    ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${list}`, 'utf16le')],
  ])('may have %s', (_name, content) => {
    expect(runCli(['inspect', save('encoded.json', content)]).values).toMatchObject([record]);
  });

  test('may have a damaged character, which spoils no other', () => {
    const [before = '', after = ''] = list.split('日');
    const content = Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]);
    const { values } = runCli(['inspect', save('damaged.json', content)]);
    expect(values).toMatchObject([{ caption: '夏\uFFFD #ootd' }]);
  });

  test('may come from standard input', () => {
    expect(runCli(['inspect', '-'], { stdin: list }).values).toMatchObject([record]);
  });

  test('may be a file of no believable time', () => {
    const path = save('old.json', list);
    utimesSync(path, 1, 1);
    const [described] = runCli(['inspect', path]).values;
    expect(described).not.toMatchObject({ fetched_at_utc: '1970-01-01T00:00:01Z' });
  });

  test.each([
    ['of the post', 'https://www.tiktok.com/@lily/video/7528963259874125698?is_from_webapp=1', ''],
    [
      'of another post',
      'https://www.tiktok.com/@lily/video/7528963259874125699',
      'none of the records is tiktok:post:7528963259874125699',
    ],
    ['of nothing', 'https://example.com/', 'not a URL that names something'],
  ])('with the URL %s', (_name, url, said) => {
    const { exitCode, values, stderr } = runCli(['inspect', '--url', url, save('asked.json', list)]);
    expect(exitCode).toBe(0);
    const address = url.includes('tiktok') ? url.replace(/\?.*/u, '') : null;
    expect(values).toMatchObject([{ ...record, collected_from_url: address }]);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(said ? 2 : 1);
    expect(stderr).toContain(said);
    expect(stderr).toContain('asked.json: 1 post\n');
  });
});

/** A made-up page of TikTok as the server sends it. */
function pageOf(scope: unknown, head = ''): string {
  const json = JSON.stringify({ __DEFAULT_SCOPE__: scope }).replaceAll('<', String.raw`\u003c`);
  return `<!DOCTYPE html><html><head>${head}</head><body><div id="app"></div>
    <script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${json}</script></body></html>`;
}

const [item]: readonly unknown[] = JSON.parse(list).itemList;
const detail = { 'webapp.video-detail': { itemInfo: { itemStruct: item }, statusCode: 0, statusMsg: '' } };
const address = 'https://www.tiktok.com/@lily/video/7528963259874125698';
const canonical = `<link rel="canonical" href="${address}?lang=en">`;

describe('a saved page', () => {
  test.each([
    ['its canonical address', pageOf(detail, canonical), [], address],
    ['the address of its preview', pageOf(detail, `<meta property="og:url" content="${address}">`), [], address],
    ['an address that was given', pageOf(detail), ['--url', `${address}?is_from_webapp=1`], address],
    ['no address', pageOf(detail), [], null],
    ['the address of somebody else', pageOf(detail, '<link rel="canonical" href="https://example.com/">'), [], null],
    ['a byte order mark and a comment first', `\uFEFF\n<!-- saved -->${pageOf(detail, canonical)}`, [], address],
  ])('with %s', (_name, html, args, url) => {
    const path = save('page.html', html);
    const { exitCode, values, stderr } = runCli(['inspect', ...args, path]);
    const posts = values.filter((value) => JSON.stringify(value).startsWith('{"record_type":"post"'));
    expect(posts).toMatchObject([{ ...record, fetched_at_utc: savedAt, collected_from_url: url }]);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`${path}: 1 post`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('whose block is about another page than was asked for is stale', () => {
    const other = 'https://www.tiktok.com/@lily/video/7528963259874125699';
    const { exitCode, stdout, stderr } = runCli(['inspect', '--url', other, save('stale.html', pageOf(detail))]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain(`left out as of another page than ${other}: universal-data`);
  });

  test('that holds a status says what it means', () => {
    const gone = { 'webapp.video-detail': { statusCode: 10_204, statusMsg: "item doesn't exist" } };
    const { exitCode, stdout, stderr } = runCli(['inspect', save('gone.html', pageOf(gone, canonical))]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('a page with the blocks universal-data');
    expect(stderr).toContain("it says: 10204 item doesn't exist (not available to this viewer)");
  });

  test('of a platform without data says so', () => {
    const path = save('bare.html', `<html><head>${canonical}</head><body></body></html>`);
    const { exitCode, stdout, stderr } = runCli(['inspect', path]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toBe(`${path}: a page of ${address}?lang=en without any block of data\n`);
  });

  test('may hold blocks that are no JSON', () => {
    const html = `<html><head>${canonical}</head><script id="SIGI_STATE">{"ItemModule":</script></html>`;
    const { exitCode, stdout, stderr } = runCli(['inspect', save('broken.html', html)]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(stderr).toContain('sigi-state, without a record');
  });

  test('asked for under an address of nobody is read without it', () => {
    const { values, stderr } = runCli(['inspect', '--url', 'http://[', save('odd.html', pageOf(detail))]);
    expect(values).toMatchObject([{ post_id: '7528963259874125698', collected_from_url: null }]);
    expect(stderr).toContain('not an address of TikTok or Douyin');
  });
});

test.each([
  ['a status alone', '{"error_code":"2000","error":"item-not-found","reason":"没找到"}', 0, '2000 item-not-found'],
  ['an empty list', '{"statusCode":0,"itemList":[]}', 0, 'without a record'],
  ['unknown JSON', '{"weather":"sunny","wind":3}', 1, 'weather, wind'],
  ['an unknown list', '[1,2]', 1, 'a list of 2'],
  ['a text', '"hello"', 1, 'a string'],
  ['null', 'null', 1, 'null'],
  ['no JSON', '{"item', 1, 'not valid JSON'],
  ['nothing', ' \n', 1, 'empty'],
  ['a page of somebody else', '<!doctype html><p>', 1, 'HTML'],
  ['JSON of a depth that no answer has', '['.repeat(100_000), 1, 'nested'],
])('%s prints no record and one line on stderr', (_name, content, exitCode, said) => {
  const outcome = runCli(['inspect', save('other.json', content)]);
  expect(outcome).toMatchObject({ exitCode, stdout: '' });
  expect(outcome.stderr).toContain(said);
  expect(outcome.stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('what is unknown is told with what is known', () => {
  expect(runCli(['inspect', save('unknown.json', '{"weather":1}')]).stderr).toContain('onebound-video');
});

test.each([
  ['a missing file', join(folder, 'missing.json'), 'no such file'],
  ['a folder', folder, 'is a folder'],
])('%s is one line and exit 1', (_name, path, said) => {
  const { exitCode, stdout, stderr } = runCli(['inspect', path]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toContain(said);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

const samples = sharedFixtures('base-apis');
const firstIds: Readonly<Record<string, string>> = {
  'bearer-normalised-expected.json': '7528963259874125698',
  'bearer-user-post-list.json': '7528963259874125698',
  'bearer-video-detail.json': '7528963259874125698',
  'douyin-open-product-detail.json': '1234567890',
  'onebound-douyin-item_get.json': '3514453298386183303',
  'onebound-douyin-item_get_video.json': '7092264344980868359',
};

describe.skipIf(!samples)(`the shared sample answers${skippedNote(samples)}`, () => {
  const names = samples ? readdirSync(samples).filter((name) => name.endsWith('.json')) : [];

  test.each(names)('%s', (name) => {
    const { exitCode, values, stdout, stderr } = runCli(['inspect', join(samples ?? '', name)]);
    expect(exitCode).toBe(0);
    if (name.includes('-error-'))
      return expect({ stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({ stdout: '', lines: 1 });
    const described = JSON.stringify(values[0]);
    expect(described).toContain(`_id":"${firstIds[name]}"`);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
