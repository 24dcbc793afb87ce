/** No key at all: every list as it is shown, exact, each post once, in its place, and nothing of who is logged in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World, WorldPost } from '../sandbox/index.ts';
import { ChipProbe } from './harness/chromium.ts';
import { type Session, eventually, startSession } from './harness/session.ts';
import { expectChips, scrollToEnd, visit, walkFeed } from './harness/visit.ts';
import { expectList, expectRow, grouped, refOf } from './harness/walk.ts';

let session: Session;
let world: World;
beforeAll(async () => {
  session = await startSession();
  ({ world } = session.sandbox);
});
afterAll(() => session?.close());

const tiktok = (): WorldPost[] => world.postsOf('tiktok');

/** Figures that happen to be round are the same in both blocks: nobody can tell that they are exact. */
function looksRounded({ counts }: WorldPost): boolean {
  const large = [counts.plays ?? 0, counts.likes, counts.comments, counts.shares].filter((count) => count >= 10_000);
  return large.length > 0 && large.every((count) => count % 100 === 0);
}

describe('a feed of 200', () => {
  it('every card once, in its place, with exact figures, in the file too', { timeout: 150_000 }, async () => {
    const { page, view, export: save } = await visit(session, 'https://www.tiktok.com/foryou');
    await view((now) => now.entries.length >= 16);
    await walkFeed(page, 200);
    const loaded = await page.locator('article').count();
    const seen = await view(
      ({ entries }) =>
        entries.filter(({ role }) => role === 'card').length >= 201 &&
        entries.filter(({ hasData }) => hasData).length >= loaded,
    );
    const refs = expectList(seen, tiktok(), 201);
    // What was loaded and not yet reached stands behind, and nothing is missing.
    expect([...refs].sort()).toEqual(tiktok().slice(0, refs.length).map(refOf).sort());
    expect(seen.context).toMatchObject({ type: 'feed', personalised: true });

    const current = tiktok().find((post) => refOf(post) === seen.current);
    const chip = await ChipProbe.of(page);
    const words = await chip.waitForText(new RegExp(grouped(current?.counts.likes ?? -1), 'u'));
    expect(words).toContain(grouped(current?.counts.plays ?? -1));
    // Over a feed the bar is small.
    expect(words).toMatch(new RegExp(`${refs.length} / ${refs.length}|${refs.length} found`, 'u'));

    const file = await save();
    const rows = file.rows('posts');
    expect(rows.map((row) => row['post_id'])).toEqual(refs.map((ref) => ref.split(':')[2]));
    const shown = seen.entries.filter(({ role }) => role === 'card').length;
    rows.forEach((row, index) => {
      const post = world.post(row['post_id'] ?? '');
      if (!post) throw new Error(`A row of no post: ${row['post_id']}`);
      expectRow(row, post, {
        counts_precision: looksRounded(post) ? 'rounded' : 'exact',
        counts_source: expect.stringMatching(/^statsV2/u),
        collected_via: 'page_xhr',
        query_type: 'feed',
        feed_personalised: 'true',
        result_rank: index < shown ? String(index + 1) : '',
        hashtags: post.hashtags.join(';'),
        repost_count: String(post.counts.reposts),
        region: post.country,
      });
    });
    await page.close();
  });
});

describe('a grid, 20 opened items and back', () => {
  it.each(['fetch', 'xhr', 'xhr-json'])('lists by %s', async (transport) => {
    const all = tiktok();
    const {
      page,
      view,
      export: save,
      records,
    } = await visit(session, `https://www.tiktok.com/explore?transport=${transport}`);
    await view((now) => now.entries.length > 8);
    await scrollToEnd(page, '.tile', all.length);
    const grid = await view(
      ({ entries }) => entries.filter(({ hasData, role }) => hasData && role === 'tile').length >= all.length,
    );
    expectList(grid, all, all.length);
    await page.mouse.move(5, 5);
    await expectChips(page, all, 6);

    const opened = all.slice(0, transport === 'fetch' ? 20 : 3);
    await page.locator('.tile-media a').first().click();
    for (const [index, post] of opened.entries()) {
      const open = await view((now) => now.current === refOf(post));
      expect(open.listKey).toBe(grid.listKey);
      if (index < opened.length - 1) await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Escape');
    const back = await view((now) => now.url.includes('/explore'));
    const refs = expectList(back, all, all.length);
    expect(refs).toHaveLength(all.length);
    // The comments of what was opened came along.
    const written = opened.flatMap((post) => post.comments.map(({ id }) => `tiktok:comment:${id}`)).sort();
    await view(({ others }) => {
      const comments = others.filter((ref) => ref.startsWith('tiktok:comment:')).sort();
      return comments.join() === written.join();
    });
    if (transport === 'xhr') {
      const rows = (await save()).rows('posts');
      expect(rows).toHaveLength(all.length);
      rows.forEach((row, index) => {
        expectRow(row, all[index]!, {
          query_type: 'explore',
          result_rank: String(index + 1),
          counts_source: expect.stringMatching(/^statsV2/u),
        });
      });
    }
    expect(await records([refOf(all[0]!)])).toMatchObject([{ view_count: all[0]?.counts.plays }]);
    await page.close();
  });
});

describe('profile → video → back', () => {
  it.each(['fetch', 'xhr', 'xhr-json'])('within the page and by loading anew, lists by %s', async (transport) => {
    const author = world.author(world.ids.tiktok.author);
    const own = tiktok().filter((post) => post.author.handle === author?.handle);
    const profile = `https://www.tiktok.com/@${author?.handle}?transport=${transport}`;
    const { page, view, export: save } = await visit(session, profile);
    await view((now) => now.entries.length >= 16);
    await scrollToEnd(page, '.tile', own.length);
    const first = await view((now) => now.entries.filter(({ hasData }) => hasData).length === own.length);
    expectList(first, own, own.length);
    expect(first.declared).toEqual({ of: 'profile', count: own.length });
    await (await ChipProbe.of(page)).waitForText(new RegExp(`${own.length} found.*profile says ${own.length}`, 'u'));

    await page.evaluate(() => scrollTo(0, 0));
    await page.locator('.tile-media a').nth(2).click();
    const modal = await view((now) => now.current === refOf(own[2]!));
    expect(modal.listKey).toBe(first.listKey);
    await page.goBack();
    await view((now) => now.current === `tiktok:author:${author?.handle}`);

    // Loaded anew: another list of its own, and then the profile's again.
    await page.goto(`https://www.tiktok.com/@${author?.handle}/video/${own[1]?.id}`);
    const video = await view((now) => now.current === refOf(own[1]!) && now.entries.length > 0);
    expect(video.listKey).not.toBe(first.listKey);
    expect(video.entries.find(({ ref }) => ref === refOf(own[1]!))?.hasData).toBe(true);
    await page.goBack();
    const back = await view((now) => now.listKey === first.listKey && now.entries.length === own.length);
    expectList(back, own, own.length);
    if (transport === 'fetch') {
      const file = await save();
      expect(file.rows('posts')).toHaveLength(own.length);
      file.rows('posts').forEach((row, index) => {
        expectRow(row, own[index]!, { query_type: 'profile', query_text: author?.handle ?? '?' });
        expect(row['result_rank']).toBe(String(index + 1));
      });
      const [person] = file.rows('authors').filter((row) => row['author_handle'] === author?.handle);
      expect(person).toMatchObject({
        author_follower_count: String(author?.followers),
        author_likes_received_count: String(author?.likes),
        author_post_count: String(own.length),
      });
    }
    await page.close();
  });

  it('a block that went stale with the address is not used', async () => {
    const [told, shown] = [tiktok()[30]!, tiktok()[31]!];
    const source = await fetchPage(`https://www.tiktok.com/@${told.author.handle}/video/${told.id}`);
    const address = `https://www.tiktok.com/@${shown.author.handle}/video/${shown.id}`;
    // The server's block describes another post than the address, and the page loads nothing.
    session.sandbox.servePage(address, source.replaceAll(/<script type="module"[^>]*><\/script>/gu, ''));
    const { page, view, records } = await visit(session, address);
    await view((now) => now.refs[0] === refOf(shown));
    await page.waitForTimeout(500);
    const seen = await view();
    expect(seen.refs).toEqual([refOf(shown)]);
    expect(await records([refOf(shown), refOf(told)])).toEqual([null, null]);
    session.sandbox.servePage(address, null);
    await page.close();
  });
});

/** The HTML as the sandbox serves it. */
async function fetchPage(url: string): Promise<string> {
  const page = await session.browser.context.newPage();
  const answer = await page.goto(url);
  const html = (await answer?.text()) ?? '';
  await page.close();
  return html;
}

describe('comments', () => {
  it('with their replies, one by fetch, the other by XMLHttpRequest', async () => {
    const post = tiktok().find((candidate) => candidate.comments.filter(({ replies }) => replies > 0).length > 3)!;
    const {
      page,
      view,
      export: save,
    } = await visit(session, `https://www.tiktok.com/@${post.author.handle}/video/${post.id}`);
    await view((now) => now.others.filter((ref) => ref.includes(':comment:')).length >= post.comments.length);
    const buttons = page.locator('[data-e2e="view-more-1"]');
    for (let left = await buttons.count(); left > 0; left = await buttons.count()) {
      await buttons.first().click();
      await eventually(
        () => buttons.count(),
        (count) => count < left,
      );
    }
    const replies = post.comments.flatMap((comment) => world.repliesTo(comment));
    const total = post.comments.length + replies.length;
    await view((now) => now.others.filter((ref) => ref.includes(':comment:')).length === total);
    const rows = new Map((await save()).rows('comments').map((row) => [row['comment_id'], row]));
    expect(rows.size).toBe(total);
    for (const comment of [...post.comments, ...replies]) {
      expect(rows.get(comment.id)).toMatchObject({
        post_id: post.id,
        parent_comment_id: comment.parent ?? '',
        text: comment.text,
        like_count: String(comment.likes),
        author_id: comment.author.uid,
        created_at_unix: String(comment.createdAt),
      });
    }
    await page.close();
  });
});

it('nobody was called, and no console has an error', () => {
  expect(session.sandbox.calls).toEqual([]);
  expect(session.browser.console.filter((line) => /^(?:pageerror|error|worker error)/u.test(line))).toEqual([]);
});
