import { expect, test } from 'vitest';
import { author, douyinPost, product, rowOf, tiktokPost, tiktokReply } from './preset.samples.ts';

test('zh, posts', async () => {
  expect(await rowOf('zh', tiktokPost)).toEqual({
    视频ID: '7528963259874125698',
    视频标题: '夏日穿搭, 第一套 #ootd',
    视频描述: tiktokPost.caption,
    封面链接: 'https://p16.example/c.jpg',
    视频时长: '1:15',
    发布时间: '2025-06-18 10:06:05',
    播放量: 215_689,
    点赞数: 12_589,
    评论数: 892,
    分享数: 0,
    收藏数: 1563,
    创作者ID: '6952369874521000001',
    创作者昵称: 'Lily',
    创作者头像: 'https://p16.example/lily.jpg',
    认证状态: '认证',
    话题标签: 'ootd,穿搭,summer',
    商品数量: 2,
    版权类型: '未知',
    视频状态: '正常',
    请求时间: '2026-09-01 20:00:01',
  });
  expect(
    await rowOf('zh', {
      ...douyinPost,
      author_verified: false,
      has_product_link: false,
      product_ids: [],
      duration_ms: 3_725_000,
    }),
  ).toMatchObject({
    播放量: null,
    认证状态: '未认证',
    商品数量: 0,
    版权类型: '原创',
    视频状态: '已下架',
    视频时长: '62:05',
  });
  expect(await rowOf('zh', { ...douyinPost, has_product_link: true, product_ids: [] })).toMatchObject({
    商品数量: null,
  });
  expect(await rowOf('zh', { ...douyinPost, availability: 'login_wall' })).toMatchObject({ 视频状态: null });
});

test('zh, authors', async () => {
  expect(await rowOf('zh', author)).toEqual({
    创作者ID: '6952369874521000001',
    用户名: 'lily.wears',
    创作者昵称: 'Lily',
    主页链接: 'https://www.tiktok.com/@lily.wears',
    主页签名: 'I am Lily',
    创作者头像: 'https://p16.example/lily.jpg',
    认证状态: '认证',
    粉丝数: 50000,
    关注数: 120,
    获赞数: 987654,
    作品数: 88,
    请求时间: '2026-09-01 20:00:01',
  });
});

test('zh, comments', async () => {
  expect(await rowOf('zh', tiktokReply)).toEqual({
    评论ID: '7529963259874125698',
    视频ID: '7528963259874125698',
    上级评论ID: '7529963259874125001',
    评论内容: 'so nice',
    评论时间: '2025-06-18 10:06:05',
    点赞数: 3,
    回复数: 0,
    用户ID: '6952369874521000002',
    用户昵称: 'Max',
    请求时间: '2026-09-01 20:00:01',
  });
});

test('zh, products', async () => {
  expect(await rowOf('zh', product)).toEqual({
    商品ID: '3514269087712345678',
    商品名称: '衬衫',
    商品链接: 'https://haohuo.example/3514269087712345678',
    价格: '72.00',
    货币: 'CNY',
    销量: 13000,
    销量原文: '1.3万+',
    评分: 4.8,
    评价数: 40,
    店铺ID: '7495963259874125698',
    店铺名称: '某店',
    请求时间: '2026-09-01 20:00:01',
  });
});
