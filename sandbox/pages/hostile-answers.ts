import type { ServerResponse } from 'node:http';
import type { World, WorldPost } from '../types.ts';
import type { PageAnswer } from './answer.ts';
import { json } from './answer.ts';
import { describeAweme } from './douyin-data.ts';
import { describePost } from './tiktok-data.ts';

/** Answers, on addresses that sites really use, that try to break or mislead whoever reads along. */

/** A post that exists nowhere: nothing that calls itself a Douyin post may be kept because a page of TikTok said so. */
export const forgedDouyinPost = '7499999999999999901';
/** And one of TikTok whose figures are as wrong as can be. */
export const forgedTikTokPost = '7499999999999999902';

/** Captions and names that must stay text. */
export const hostileTexts: readonly string[] = [
  '<img src=x onerror="globalThis.broken=1;document.title=\'broken\'">',
  '<script>globalThis.broken=1</script>',
  '</span></div><clipscope-overlay>',
  '\u202Egnp.exe \u2066hidden\u2069',
  "=cmd|'/c calc'!A0",
  '\u{1F600}'.repeat(300),
  'javascript:alert(1)',
];

function first(world: World, platform: WorldPost['platform']): WorldPost {
  const [post] = world.postsOf(platform);
  if (!post) throw new Error('The world has no posts.');
  return post;
}

function text(body: string): PageAnswer {
  return { ...json({}), body };
}

function written(write: (response: ServerResponse) => void): PageAnswer {
  return { ...json({}), body: '', write };
}

const mebibyte = 1024 * 1024;

function writeHuge(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"statusCode":0,"itemList":[],"padding":"');
  const block = 'x'.repeat(mebibyte);
  let left = 100;
  const more = (): void => {
    while (left > 0) {
      left -= 1;
      if (!response.write(block)) {
        response.once('drain', more);
        return;
      }
    }
    response.end('"}');
  };
  more();
}

function writeForEver(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"statusCode":0,"itemList":[');
  const timer = setInterval(() => response.write('{"padding":"xxxxxxxxxxxxxxxxxxxxxxxx"},'), 20);
  response.on('close', () => clearInterval(timer));
}

/** Makes the answer of that name. */
export function hostileAnswer(world: World, name: string): PageAnswer {
  const tiktok = describePost(first(world, 'tiktok'), 'list');
  const douyin = describeAweme(first(world, 'douyin'), true);
  const list = (items: readonly unknown[]): PageAnswer => json({ statusCode: 0, itemList: items, hasMore: false });
  switch (name) {
    case 'small':
      return list([{ id: tiktok.id, createTime: tiktok.createTime, desc: 'small', video: tiktok.video }]);
    case 'huge':
      return written(writeHuge);
    case 'endless':
      return written(writeForEver);
    case 'dead':
      return written((response) => void response.destroy());
    case 'broken-off':
      return written((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
        response.write('{"statusCode":0,"itemList":[');
        setTimeout(() => response.destroy(), 30);
      });
    case 'deep':
      return text(`{"statusCode":0,"itemList":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    case 'deep-objects':
      return text(`{"statusCode":0,"itemList":[${'{"item":'.repeat(100_000)}1${'}'.repeat(100_000)}]}`);
    case 'proto': {
      const item = JSON.stringify({ ...tiktok, id: forgedTikTokPost });
      const poison = '"__proto__":{"polluted":true,"id":"1"},"constructor":{"prototype":{"polluted":true}}';
      return text(`{"statusCode":0,${poison},"itemList":[{${poison},${item.slice(1)},{"__proto__":[]}]}`);
    }
    case 'texts':
      return list(
        hostileTexts.map((hostile, index) => ({
          ...tiktok,
          id: String(BigInt(forgedTikTokPost) + BigInt(index + 10)),
          desc: hostile,
          author: { ...tiktok.author, nickname: hostile, signature: hostile },
          challenges: [{ id: '1', title: hostile, desc: hostile }],
          suggestedWords: [hostile],
        })),
      );
    case 'wrong-types':
      return list([
        null,
        0,
        'text',
        [],
        { id: { toString: 'x' }, createTime: [], video: 1 },
        { ...tiktok, id: 7_499_999_999_999_999_000 },
        { ...tiktok, id: '-1' },
        { ...tiktok, id: '7'.repeat(5000) },
        {
          ...tiktok,
          id: forgedTikTokPost,
          stats: 'none',
          statsV2: { playCount: '1e999', diggCount: '-5' },
          author: [],
        },
      ]);
    case 'other-site':
      return json({
        statusCode: 0,
        status_code: 0,
        aweme_list: [{ ...douyin, aweme_id: forgedDouyinPost }],
        itemList: [],
      });
    case 'cors':
      return {
        ...json({ status_code: 0, aweme_list: [{ ...douyin, aweme_id: forgedDouyinPost }] }),
        headers: { 'access-control-allow-origin': '*' },
      };
    default:
      return json({ statusCode: 10_201 });
  }
}
