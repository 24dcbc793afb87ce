/** No key at all, on every other kind of page: products, subjects, older shapes, Douyin; and what is kept of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../lib/core/record.ts';
import type { World, WorldPost } from '../sandbox/index.ts';
import { ChipProbe } from './harness/chromium.ts';
import { databaseTexts, plantedIn } from './harness/reading.ts';
import { eventually, type Session, startSession } from './harness/session.ts';
import { expectChips, scrollToEnd, visit, walkFeed } from './harness/visit.ts';
import { expectList, expectRow, grouped, refOf } from './harness/walk.ts';

let session: Session;
let world: World;
beforeAll(async () => {
  session = await startSession();
  ({ world } = session.sandbox);
});
afterAll(() => session?.close());

describe('the shop', () => {
  it('a product with its SKUs and reviews', async () => {
    const product = world.product(world.ids.tiktok.product)!;
    const { page, view, export: save } = await visit(session, `https://www.tiktok.com/shop/pdp/apron/${product.id}`);
    await view((now) => now.entries.some(({ hasData }) => hasData));
    const file = await save();
    expect(file.rows('products')).toMatchObject([
      {
        product_id: product.id,
        product_name: product.title,
        price_minor: String(product.priceMinor),
        currency: 'USD',
        price_unit_source: 'declared',
        sold_count: String(product.sold),
        review_count: String(product.reviewCount),
        shop_id: product.shop.id,
        sku_count: '6',
      },
    ]);
    expect(file.rows('skus')).toHaveLength(6);
    expect(new Set(file.rows('skus').map((row) => row['sku_id'])).size).toBe(6);
    const reviews = file.rows('reviews');
    expect(reviews).toHaveLength(6);
    expect(reviews.map((row) => row['text'])).toContain('<b>Not</b> waterproof, but who asked');
    await page.close();
  });

  it('linked data alone, and a search', async () => {
    const product = world.product(world.ids.tiktok.product)!;
    const ld = await visit(session, `https://www.tiktok.com/shop/pdp/apron/${product.id}?shape=ld`);
    await ld.view((now) => now.entries.some(({ hasData }) => hasData));
    expect(await ld.records([`tiktok:product:${product.id}`])).toMatchObject([
      { product_name: product.title, currency: 'USD', review_count: product.reviewCount },
    ]);
    await ld.page.close();
    const search = await visit(session, 'https://www.tiktok.com/shop/s/apron');
    const seen = await search.view((now) => now.entries.filter(({ hasData }) => hasData).length === 2);
    expect(seen.entries.map(({ ref }) => ref)).toEqual(
      world.products.filter(({ platform }) => platform === 'tiktok').map(({ id }) => `tiktok:product:${id}`),
    );
    expect(seen.context).toMatchObject({ type: 'search', query: 'apron' });
    await search.page.close();
  });
});

describe('every other kind of page', () => {
  type Case = readonly [name: string, url: string, ref: string, record: Readonly<Record<string, unknown>>];
  const cases = (): Case[] => {
    const { ids } = world;
    const author = world.author(ids.tiktok.author)!;
    const live = world.author(ids.tiktok.liveAuthor)!;
    const video = world.post(ids.tiktok.video)!;
    const at = `https://www.tiktok.com/@${author.handle}`;
    const douyin = world.post(ids.douyin.video)!;
    const room = world.authors.find(({ live: running }) => running?.webRid === ids.douyin.liveWebRid)!;
    const goods = world.product(ids.douyin.product)!;
    const person = { author_handle: author.handle, author_name: author.name };
    const likes = { like_count: douyin.counts.likes, view_count: null, save_count: douyin.counts.saves };
    return [
      ['hashtag', 'https://www.tiktok.com/tag/cycling', 'tiktok:hashtag:cycling', { hashtag: 'cycling' }],
      [
        'music',
        `https://www.tiktok.com/music/a-${ids.tiktok.music}`,
        `tiktok:music:${ids.tiktok.music}`,
        { title: video.music.title },
      ],
      [
        'playlist',
        `${at}/playlist/a-${ids.tiktok.playlist}`,
        `tiktok:collection:${ids.tiktok.playlist}`,
        { post_count: 8 },
      ],
      [
        'search for people',
        'https://www.tiktok.com/search/user?q=marina',
        `tiktok:author:${author.handle}`,
        { ...person, author_follower_count: author.followers },
      ],
      [
        'live',
        `https://www.tiktok.com/@${live.handle}/live`,
        `tiktok:live:${live.handle}`,
        { title: live.live?.title, viewer_count: live.live?.viewers, status: 'live', room_id: live.live?.roomId },
      ],
      [
        'older profile',
        `${at}?shape=sigi`,
        `tiktok:post:${ids.tiktok.video}`,
        { caption: video.caption, save_count: video.counts.saves, author_handle: author.handle },
      ],
      [
        'older video',
        `${at}/video/${video.id}?shape=next`,
        `tiktok:post:${video.id}`,
        { caption: video.caption, created_at: video.createdAt * 1000 },
      ],
      [
        'mobile video',
        `${at}/video/${video.id}?shape=reflow`,
        `tiktok:post:${video.id}`,
        { caption: video.caption, music_id: video.music.id },
      ],
      [
        'embedded video',
        `https://www.tiktok.com/embed/v2/${video.id}`,
        `tiktok:post:${video.id}`,
        { caption: video.caption, comment_count: expect.any(Number) },
      ],
      [
        'embedded profile',
        `https://www.tiktok.com/embed/@${author.handle}`,
        `tiktok:post:${video.id}`,
        { caption: video.caption },
      ],
      [
        'photos',
        `https://www.tiktok.com/@a/photo/${ids.tiktok.photo}`,
        `tiktok:post:${ids.tiktok.photo}`,
        {
          post_type: 'photo',
          image_urls: expect.objectContaining({ length: world.post(ids.tiktok.photo)?.imageCount }),
        },
      ],
      [
        'post with products',
        `https://www.tiktok.com/@a/video/${ids.tiktok.withProducts}`,
        `tiktok:post:${ids.tiktok.withProducts}`,
        { has_product_link: true, product_ids: world.post(ids.tiktok.withProducts)?.products.map(({ id }) => id) },
      ],
      ['Douyin video', `https://www.douyin.com/video/${douyin.id}`, `douyin:post:${douyin.id}`, likes],
      ['Douyin shared video', `https://www.iesdouyin.com/share/video/${douyin.id}/`, `douyin:post:${douyin.id}`, likes],
      [
        'Douyin search that streams',
        'https://www.douyin.com/search/%E6%9C%A8%E5%B7%A5?type=stream',
        `douyin:post:${douyin.id}`,
        likes,
      ],
      [
        'Douyin music',
        `https://www.douyin.com/music/${ids.douyin.music}`,
        `douyin:music:${ids.douyin.music}`,
        { title: douyin.music.title },
      ],
      [
        'Douyin mix',
        `https://www.douyin.com/collection/${ids.douyin.mix}`,
        `douyin:collection:${ids.douyin.mix}`,
        { title: douyin.collection?.name },
      ],
      [
        'Douyin profile',
        `https://www.douyin.com/user/${douyin.author.secUid}`,
        `douyin:author:${douyin.author.secUid}`,
        { author_follower_count: douyin.author.followers, author_post_count: douyin.author.posts },
      ],
      [
        'Douyin live',
        `https://live.douyin.com/${ids.douyin.liveWebRid}`,
        `douyin:live:${ids.douyin.liveWebRid}`,
        { title: room.live?.title, room_id: room.live?.roomId, status: 'live' },
      ],
      [
        'Douyin product',
        `https://haohuo.jinritemai.com/views/product/item2?id=${goods.id}`,
        `douyin:product:${goods.id}`,
        { price_minor: goods.priceMinor, currency: 'CNY', shop_name: goods.shop.name },
      ],
    ];
  };
  it('is read', async () => {
    const failures: string[] = [];
    for (const [name, url, ref, record] of cases()) {
      const { page, records } = await visit(session, url);
      const [found = null] = await eventually(
        () => records([ref]),
        ([now]) => now !== null && matches(now, record),
        4_000,
      ).catch(() => records([ref]));
      try {
        expect(found).toMatchObject(record);
      } catch {
        const seen =
          found && Object.fromEntries(Object.keys(record).map((field) => [field, Reflect.get(found, field)]));
        failures.push(`${name}: ${JSON.stringify(seen)}`);
      }
      await page.close();
    }
    expect(failures).toEqual([]);
  });

  function matches(found: AnyRecord | null | undefined, record: Readonly<Record<string, unknown>>): boolean {
    try {
      expect(found).toMatchObject(record);
      return true;
    } catch {
      return false;
    }
  }

  it('a post that is not available to this viewer says so, and is never called removed', async () => {
    for (const [id, availability] of [
      [world.ids.tiktok.missing, 'not_available'],
      [world.ids.tiktok.privatePost, 'private'],
      [world.ids.tiktok.privateAccountPost, 'private'],
    ] as const) {
      const { page, view, export: save } = await visit(session, `https://www.tiktok.com/@somebody/video/${id}`);
      const seen = await view((now) => now.status !== null);
      expect([id, seen.status?.availability]).toEqual([id, availability]);
      if (availability === 'not_available') {
        const panel = await session.browser.openSurface('sidepanel', page);
        await panel
          .getByText(/not available/iu)
          .first()
          .waitFor();
        expect(await panel.locator('body').innerText()).not.toMatch(
          /(?<!does not mean that it )was removed|^removed/imu,
        );
        await panel.close();
      }
      expect((await save()).rows('posts')).toMatchObject([{ post_id: id, availability, view_count: '' }]);
      await page.close();
    }
  });
});

describe('Douyin', () => {
  const douyin = (): WorldPost[] => world.postsOf('douyin');

  it('the start page, whose posts are JSON in strings: null plays with their reason, ids to the last digit', async () => {
    const { page, view, export: save } = await visit(session, 'https://www.douyin.com/');
    await view((now) => now.entries.length >= 18);
    await scrollToEnd(page, '.discover-video-card-item', douyin().length);
    const seen = await view(
      ({ entries }) => entries.filter(({ hasData, role }) => hasData && role === 'tile').length >= douyin().length,
    );
    expectList(seen, douyin(), douyin().length);
    await page.mouse.move(5, 5);
    await expectChips(page, douyin(), 4);
    const rows = (await save()).rows('posts');
    expect(rows).toHaveLength(douyin().length);
    rows.forEach((row, index) => {
      expectRow(row, douyin()[index]!, { view_count: '', result_rank: String(index + 1) });
      expect(JSON.parse(row['missing_reasons'] ?? '{}')).toMatchObject({ view_count: 'not_exposed_on_web' });
    });
    await page.close();
  });

  it('the recommendations, slide by slide', async () => {
    const { page, view } = await visit(session, 'https://www.douyin.com/?recommend=1');
    await view((now) => now.current === refOf(douyin()[0]!));
    await walkFeed(page, 24);
    const seen = await view((now) => now.current === refOf(douyin()[24]!));
    expectList(seen, douyin(), 25);
    const chip = await ChipProbe.of(page);
    await chip.waitForText(new RegExp(grouped(douyin()[24]?.counts.likes ?? -1), 'u'));
    await page.close();
  });

  it('a profile, a post opened over it, and back', async () => {
    const author = world.author(world.ids.douyin.author)!;
    const own = douyin().filter((post) => post.author === author);
    const { page, view } = await visit(session, `https://www.douyin.com/user/${author.secUid}`);
    const first = await view(
      (now) => now.entries.filter(({ hasData }) => hasData).length === own.length && now.declared !== null,
    );
    expectList(first, own, own.length);
    expect(first.declared).toEqual({ of: 'profile', count: own.length });
    await page.locator('.grid-item a').nth(3).click();
    const modal = await view((now) => now.current === refOf(own[3]!));
    expect(modal.listKey).toBe(first.listKey);
    await page.keyboard.press('ArrowDown');
    await view((now) => now.current === refOf(own[4]!));
    const comments = own[4]!.comments.map(({ id }) => `douyin:comment:${id}`);
    await view((now) => comments.every((ref) => now.others.some((other) => other === ref)));
    await page.goBack();
    await page.goBack();
    const back = await view((now) => now.current === `douyin:author:${author.secUid}`);
    expectList(back, own, own.length);
    await page.close();
  });
});

describe('afterwards', () => {
  it('nothing of who is logged in is in any database, in the panel or on the page', async () => {
    const { page, tabId, view } = await visit(
      session,
      `https://www.tiktok.com/@someone/video/${world.ids.tiktok.video}`,
    );
    await view((now) => now.entries.some(({ hasData }) => hasData));
    await session.ask('page.save', { tabId, refs: null });
    const panel = await session.browser.openSurface('sidepanel', page);
    await panel.getByTestId('entry').first().waitFor();
    expect(plantedIn(await panel.locator('body').innerText(), world.viewer)).toEqual([]);
    expect(plantedIn((await (await ChipProbe.of(page)).text()) ?? '', world.viewer)).toEqual([]);
    const texts = await databaseTexts(panel);
    expect(Object.keys(texts)).toEqual(expect.arrayContaining(['clipscope', 'clipscope-session']));
    for (const [name, text] of Object.entries(texts)) expect([name, plantedIn(text, world.viewer)]).toEqual([name, []]);
    expect(texts['clipscope']).toContain('"raw":');
    await panel.close();
    await page.close();
  });

  it('nobody was called, and no console has an error', () => {
    expect(session.sandbox.calls).toEqual([]);
    expect(
      session.browser.console.filter((line) => /^(?:pageerror|error|worker error)/u.test(line) && !/404/u.test(line)),
    ).toEqual([]);
  });
});
