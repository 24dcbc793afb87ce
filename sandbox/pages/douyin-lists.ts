import type { World } from '../types.ts';
import { gridTile } from '../client/douyin-cards.ts';
import { escapeHtml } from '../client/html.ts';
import type { PageAnswer } from './answer.ts';
import { page } from './answer.ts';
import { describeAll, gridList } from './douyin-pages.ts';
import { douyinDocument, renderData } from './douyin-shell.ts';
import { postsOfCollection } from './tiktok-lists.ts';

/** The page of a piece of music. */
export function douyinMusicPage(world: World, id: string): PageAnswer | null {
  const posts = world.postsOf('douyin').filter((post) => post.music.id === id);
  const music = posts[0]?.music;
  if (!music) return null;
  const list = gridList(
    world,
    describeAll(world, posts),
    'grid',
    `/aweme/v1/web/music/aweme/?music_id=${id}`,
    gridTile,
    `data-transport="xhr-json" data-detail="/aweme/v1/web/music/detail/?music_id=${id}"`,
  );
  return page(
    douyinDocument({
      title: `${music.title} - 抖音`,
      pathname: `/music/${id}`,
      main: `<div class="head"><div><h1>${escapeHtml(music.title)}</h1><p class="by">${posts.length} 个作品</p></div></div>${list}`,
      scripts: ['douyin-grid'],
      scrolls: true,
      blocks: renderData(`/music/${id}`, world.viewer),
    }),
  );
}

/** The page of a mix: its posts in their order. */
export function mixPage(world: World, id: string): PageAnswer | null {
  const collection = world.collections.find((candidate) => candidate.id === id);
  if (collection?.author.platform !== 'douyin') return null;
  const posts = postsOfCollection(world, id);
  const list = gridList(
    world,
    describeAll(world, posts),
    'grid',
    `/aweme/v1/web/mix/aweme/?mix_id=${id}`,
    gridTile,
    `data-detail="/aweme/v1/web/mix/detail/?mix_id=${id}"`,
  );
  return page(
    douyinDocument({
      title: `${collection.name} - 抖音`,
      pathname: `/collection/${id}`,
      main: `<div class="head"><div><h1>${escapeHtml(collection.name)}</h1><p class="by">${posts.length} 集</p></div></div>${list}`,
      scripts: ['douyin-grid'],
      scrolls: true,
      blocks: renderData(`/collection/${id}`, world.viewer),
    }),
  );
}
