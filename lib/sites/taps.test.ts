import { describe, expect, test } from 'vitest';
import { tapFor } from './taps.ts';

// As in public readers of 2025 and 2026; what the pages themselves list comes in their order.
const lists = {
  'www.tiktok.com': [
    ...[
      'recommend',
      'post',
      'creator',
      'challenge',
      'music',
      'mix',
      'collection',
      'favorite',
      'repost',
      'user/collect',
    ].map((name) => `/api/${name}/item_list/`),
    '/api/story/item_list/',
    ...['general', 'item', 'user'].map((name) => `/api/search/${name}/full/`),
  ],
  'www.douyin.com': [
    'aweme/post',
    'tab/feed',
    'module/feed',
    'general/search/single',
    'general/search/stream',
    'search/item',
    'follow/feed',
    'familiar/feed',
    'aweme/favorite',
    'aweme/listcollection',
    'collects/video/list',
    'mix/aweme',
    'series/aweme',
    'channel/feed',
    'music/aweme',
  ].map((name) => `/aweme/v1/web/${name}/`),
} as const;

const data = {
  'www.tiktok.com': [
    '/api/related/item_list/',
    '/api/preload/item_list/',
    '/api/item/detail/',
    '/api/user/detail/',
    '/api/user/playlist/',
    ...['challenge', 'music', 'mix'].map((name) => `/api/${name}/detail/`),
    '/api/comment/list/',
    '/api/comment/list/reply/',
    '/api-live/user/room/',
  ],
  'webcast.tiktok.com': ['/webcast/room/info/'],
  'www.douyin.com': [
    ...['aweme/detail', 'aweme/related', 'comment/list', 'comment/list/reply', 'user/profile/other'].map(
      (name) => `/aweme/v1/web/${name}/`,
    ),
    '/web/api/v2/aweme/slidesinfo/',
  ],
  'www.iesdouyin.com': ['/web/api/v2/aweme/slidesinfo/'],
  'live.douyin.com': ['/webcast/room/web/enter/'],
  'haohuo.jinritemai.com': ['/aweme/v2/shop/promotion/pack/h5/', '/aweme/v2/shop/promotion/pack/detail/'],
} as const;

const cases = [
  ...Object.entries(lists).flatMap(([host, paths]) => paths.map((path) => ({ role: 'list', host, path }))),
  ...Object.entries(data).flatMap(([host, paths]) => paths.map((path) => ({ role: 'data', host, path }))),
];

describe.each(cases)('$role https://$host$path', ({ role, host, path }) => {
  test('is tapped, with and without its last slash and with a query', () => {
    for (const address of [
      `https://${host}${path}`,
      `https://${host}${path}?aid=1988&cursor=0`,
      `https://${host}${path.slice(0, -1)}`,
      `https://${host}${path.slice(0, -1)}?next=/api/user/detail/#x`,
      `https://${host.toUpperCase()}:443${path}`,
    ])
      expect(tapFor(address), address).toMatchObject({ role, path });
  });

  test('is tapped nowhere else', () => {
    const owner = host.split('.').slice(-2).join('.');
    for (const address of [
      `https://${host}.evil.example${path}`,
      `https://evil${owner}${path}`,
      `https://${owner}.evil${path}`,
      `https://evil.example/${owner}${path}`,
      `https://evil.example${path}?host=${host}`,
      `https://${host}@evil.example${path}`,
      `https://evil.example/#https://${host}${path}`,
      `https://${host}/x${path}`,
      `https://${host}${path}more/`,
      `https://${host}${path.slice(0, -1)}x`,
      `https://${host}/${path}`,
      `https://${host}${path.replace('/', '/%2e%2e/')}x`,
      `https://${host}/x?u=${path}`,
      path,
      `//${host}${path}`,
    ])
      expect(tapFor(address), address).toBeNull();
  });
});

test.each([
  'https://www.tiktok.com/api/im/conversation/list/',
  'https://www.tiktok.com/passport/web/account/info/',
  'https://www.tiktok.com/api/notice/multi/',
  'https://www.tiktok.com/api/user/settings/',
  'https://www.douyin.com/aweme/v1/web/im/user/info/',
  'https://www.douyin.com/aweme/v1/web/query/user/',
  'https://www.douyin.com/aweme/v1/web/',
  'https://mssdk.tiktok.com/web/report',
  'https://www.tiktok.com/',
  'https://example.com/',
  'blob:https://www.tiktok.com/0b2a',
  'data:text/plain,https://www.tiktok.com/api/item/detail/',
  'about:blank',
  '',
  'not an address',
  '/api/item/detail/',
])('%j is not read', (address) => {
  expect(tapFor(address)).toBeNull();
});

test('platforms do not answer for each other', () => {
  expect(tapFor('https://www.douyin.com/api/item/detail/')).toBeNull();
  expect(tapFor('https://www.tiktok.com/aweme/v1/web/aweme/post/')).toBeNull();
  expect(tapFor('https://www.douyin.com/aweme/v2/shop/promotion/pack/h5/')).toBeNull();
});
