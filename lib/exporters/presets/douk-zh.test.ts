import { expect, test } from 'vitest';
import { author, douyinPost, rowOf, tiktokPost, tiktokReply } from './preset.samples.ts';

test('douk-zh, posts', async () => {
  expect(await rowOf('douk-zh', tiktokPost)).toEqual({
    作品类型: '视频',
    采集时间: '2026-09-01 20:00:01',
    UID: '6952369874521000001',
    SEC_UID: 'MS4wLjABAAAA-lily',
    ID: 'lily.wears',
    作品ID: '7528963259874125698',
    作品描述: tiktokPost.caption,
    作品话题: ['ootd', '穿搭', 'summer'],
    视频时长: '00:01:15',
    视频高度: 1024,
    视频宽度: 576,
    作品链接: 'https://www.tiktok.com/@lily.wears/video/7528963259874125698',
    发布时间: '2025-06-18 10:06:05',
    视频URI: null,
    账号昵称: 'Lily',
    年龄: null,
    账号签名: 'I am Lily',
    下载地址: ['https://v16.example/v.mp4'],
    音乐作者: 'Lily',
    音乐标题: 'original sound',
    音乐链接: 'https://v16.example/m.mp3',
    静态封面: 'https://p16.example/c.jpg',
    动态封面: null,
    隐藏标签: ['Outfit', 'is_stem_verified'],
    点赞数量: 12589,
    评论数量: 892,
    收藏数量: 1563,
    分享数量: 0,
    播放数量: 215689,
    额外信息: null,
  });
  expect(await rowOf('douk-zh', { ...douyinPost, duration_ms: 3_725_000 })).toMatchObject({
    作品类型: '图集',
    视频时长: '01:02:05',
    下载地址: ['https://p3.example/1.jpg', 'https://p3.example/2.jpg'],
    播放数量: null,
  });
});

test('douk-zh, comments', async () => {
  expect(await rowOf('douk-zh', tiktokReply)).toEqual({
    采集时间: '2026-09-01 20:00:01',
    评论ID: '7529963259874125698',
    评论时间: '2025-06-18 10:06:05',
    UID: '6952369874521000002',
    SEC_UID: 'MS4wLjABAAAA-max',
    账号昵称: 'Max',
    账号签名: null,
    年龄: null,
    IP归属地: '浙江',
    评论内容: 'so nice',
    评论表情: 'https://p16.example/st.webp',
    评论图片: ['https://p16.example/i.jpg'],
    点赞数量: 3,
    回复数量: 0,
    回复ID: '7529963259874125001',
    回复对象: null,
  });
});

test('douk-zh, authors', async () => {
  expect(await rowOf('douk-zh', author)).toEqual({
    采集时间: '2026-09-01 20:00:01',
    昵称昵称: 'Lily',
    账号链接: 'https://www.tiktok.com/@lily.wears',
    账号签名: 'I am Lily',
    抖音号: 'lily.wears',
    年龄: null,
    性别: null,
    国家: null,
    省份: null,
    城市: null,
    地区: null,
    IP归属地: '北京',
    标签: null,
    企业: null,
    SEC_UID: 'MS4wLjABAAAA-lily',
    UID: '6952369874521000001',
    SHORT_ID: null,
    头像链接: 'https://p16.example/lily.jpg',
    背景图链接: null,
    作品数量: 88,
    获赞数量: 987654,
    喜欢数量: 321,
    粉丝数量: 50000,
    关注数量: 120,
    粉丝最大值: null,
  });
});
