import type { Platform, WorldAuthor } from '../types.ts';
import { createRandom, inventSecUid, timeId } from './random.ts';

interface Sketch {
  handle: string;
  name: string;
  signature: string;
  verified: boolean;
  followers: number;
  live?: { title: string; viewers: number };
}

const tiktokSketches: Sketch[] = [
  {
    handle: 'marina.bakes',
    name: 'Marina Holloway',
    signature: 'Sourdough, slowly.\nRecipes below 👇',
    verified: true,
    followers: 1_284_911,
  },
  {
    handle: 'fieldnotes_lab',
    name: 'Field Notes Lab',
    signature: 'Small experiments, measured twice.',
    verified: true,
    followers: 402_377,
    live: { title: 'Counting pollinators, live', viewers: 1_846 },
  },
  {
    handle: 'northpier_cycling',
    name: 'North Pier Cycling',
    signature: '=SUM(kilometres) since 2019',
    verified: false,
    followers: 58_204,
  },
  {
    handle: 'qahwa.stories',
    name: 'قهوة وحكايات',
    signature: 'حكاية قصيرة مع كل فنجان ☕',
    verified: false,
    followers: 219_530,
  },
  { handle: 'xiaolan.studio', name: '小岚手作室', signature: '陶土、釉料和一只猫', verified: false, followers: 77_019 },
  {
    handle: 'tobias.repairs',
    name: 'Tobias "Tobi" Lindqvist',
    signature: 'I fix it, or I explain why not.',
    verified: false,
    followers: 930_112,
  },
  {
    handle: 'ada_reads_maps',
    name: 'Ada Reads Maps',
    signature: 'Maps, borders, rivers, mistakes',
    verified: true,
    followers: 3_402_918,
  },
  {
    handle: 'greenhouse.22',
    name: 'Greenhouse 22 🌿',
    signature: 'Shop: linen and tools',
    verified: false,
    followers: 12_840,
  },
  {
    handle: 'night.shift.nora',
    name: 'Nora Okonjo',
    signature: 'Nurse. Night trains. Noodles.',
    verified: false,
    followers: 9_077,
  },
  { handle: 'paperboat', name: 'Paper Boat Films', signature: '', verified: false, followers: 644 },
];

const douyinSketches: Sketch[] = [
  {
    handle: 'shanlijiaoyi',
    name: '山里的木匠老周',
    signature: '榫卯不用钉\n每周三更新',
    verified: true,
    followers: 2_841_006,
  },
  {
    handle: 'xiaomanchufang',
    name: '小满的厨房🍲',
    signature: '一日三餐，认真吃饭',
    verified: false,
    followers: 864_215,
    live: { title: '今晚一起包饺子', viewers: 5_310 },
  },
  { handle: 'beifangguanniao', name: '北方观鸟笔记', signature: '记录每一次迁徙', verified: false, followers: 41_772 },
  { handle: 'aqingsheji', name: '阿青设计研究所', signature: '讲讲椅子，讲讲人', verified: true, followers: 517_380 },
  {
    handle: 'yunduofuzhuang',
    name: '云朵服装小铺',
    signature: '棉麻女装 | 源头工厂',
    verified: false,
    followers: 93_114,
  },
  {
    handle: 'chezhanzhaopian',
    name: '车站照片集',
    signature: '+1 个车站，每天一个',
    verified: false,
    followers: 6_208,
  },
  {
    handle: 'linlaoshi_wuli',
    name: '林老师讲物理',
    signature: '为什么天空是蓝的？',
    verified: true,
    followers: 7_120_944,
  },
  { handle: 'haibianlaomu', name: '海边老穆', signature: '赶海 · 修船 · 写字', verified: false, followers: 128_650 },
];

function createAuthors(platform: Platform, sketches: Sketch[], seed: number): WorldAuthor[] {
  const random = createRandom(seed);
  return sketches.map((sketch, index) => {
    // Accounts of before 2020 have short numeric ids, later ones carry their time.
    const uid =
      index % 3 === 0
        ? String(Math.floor(50_000_000_000 + random() * 40_000_000_000))
        : timeId(1_620_000_000 + index * 8_000_000, random);
    return {
      platform,
      uid,
      handle: sketch.handle,
      shortId: platform === 'douyin' ? String(Math.floor(100_000_000 + random() * 899_999_999)) : '',
      name: sketch.name,
      secUid: inventSecUid(random, index % 2 === 0 ? 64 : 43),
      signature: sketch.signature,
      verified: sketch.verified,
      followers: sketch.followers,
      following: 20 + Math.floor(random() * 400),
      likes: Math.floor(sketch.followers * (4 + random() * 20)),
      posts: 0,
      live: sketch.live
        ? {
            roomId: timeId(1_793_000_000, random),
            webRid: String(Math.floor(100_000_000_000 + random() * 899_999_999_999)),
            title: sketch.live.title,
            viewers: sketch.live.viewers,
            startedAt: 1_793_000_017,
          }
        : null,
    };
  });
}

export const tiktokAuthors: WorldAuthor[] = createAuthors('tiktok', tiktokSketches, 11);
export const douyinAuthors: WorldAuthor[] = createAuthors('douyin', douyinSketches, 23);
