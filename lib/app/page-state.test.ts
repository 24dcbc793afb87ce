import { describe, expect, it } from 'vitest';
import type { RefKey } from '../core/ref.ts';
import type { PageReport } from '../messaging/protocol.ts';
import { siteFor } from '../sites/index.ts';
import { type ShownItem, newList, ranksOf, showItems } from './page-list.ts';
import { type FollowedReport, followReport, type KeptPage, listOfAnswer } from './page-state.ts';

const id = (name: number): string => String(7_500_000_000_000_000_000n + BigInt(name));
const ref = (name: number): RefKey => `tiktok:post:${id(name)}`;
const profile = 'https://www.tiktok.com/@someone';
const video = (name: number): string => `https://www.tiktok.com/@someone/video/${id(name)}`;
const tiles = (...names: number[]): ShownItem[] =>
  names.map((name) => ({ ref: ref(name), role: 'tile', hook: 'user-post-item' }));
const cards = (...names: number[]): ShownItem[] =>
  names.map((name) => ({ ref: ref(name), role: 'card', hook: 'feed-player' }));
const detail = (name: number): ShownItem => ({ ref: ref(name), role: 'detail', hook: 'detail-player' });

const site = siteFor(new URL(profile));
if (!site) throw new Error('no site');

function reportOf(url: string, items: ShownItem[], shownAt = 1): PageReport {
  return { url, refs: [], current: null, items: [...items], shownAt };
}

/** Reports one after the other, a tenth of a second apart. */
function follow(...reports: PageReport[]): FollowedReport[] {
  let before: KeptPage | null = null;
  return reports.map((report, index) => {
    const followed = followReport(before, report, { tabId: 3, site: site as NonNullable<typeof site> }, index * 100);
    before = followed.page;
    return followed;
  });
}
const keys = (followed: FollowedReport[]): string[] => followed.map(({ page }) => page.listKey);

describe('followReport', () => {
  it('keeps a post that is opened over a grid in the grid’s list, also the next one', () => {
    const followed = follow(
      reportOf(profile, tiles(1, 2, 3)),
      reportOf(video(2), [...tiles(1, 2, 3), detail(2)]),
      reportOf(video(3), [...tiles(1, 2, 3, 4), detail(3)]),
      reportOf(profile, tiles(1, 2, 3, 4)),
    );
    expect(new Set(keys(followed)).size).toBe(1);
    expect(followed[1]?.page.context).toMatchObject({ type: 'profile', query: 'someone' });
    expect(followed[1]?.page.url).toBe(video(2));
  });

  it('gives a post whose page holds no tile of the list a list of its own', () => {
    const [before, after] = follow(reportOf(profile, tiles(1, 2)), reportOf(video(2), [detail(2)]));
    expect(after?.page.listKey).not.toBe(before?.page.listKey);
    expect(after?.page.context.type).toBe('post');
    expect(after?.subject).toBe(ref(2));
  });

  it('is not led astray by the frame in which the address is new and the DOM is old', () => {
    const followed = follow(
      reportOf(profile, tiles(1, 2)),
      reportOf(video(2), tiles(1, 2)),
      reportOf(video(2), [detail(2)]),
    );
    expect(followed[2]?.page.context.type).toBe('post');
    const feed = follow(
      reportOf('https://www.tiktok.com/foryou', cards(1, 2)),
      reportOf(profile, cards(1, 2)),
      reportOf(profile, [...cards(2), ...tiles(7)]),
      reportOf(profile, tiles(7, 8)),
    );
    expect(feed.map(({ items }) => items.map((item) => item.ref))).toEqual([
      [ref(1), ref(2)],
      [],
      [ref(7)],
      [ref(7), ref(8)],
    ]);
  });

  it('takes what was left over once it was gone, or has stayed', () => {
    const gone = follow(
      reportOf(profile, tiles(1)),
      reportOf('https://www.tiktok.com/tag/tea', tiles(1)),
      reportOf('https://www.tiktok.com/tag/tea', []),
      reportOf('https://www.tiktok.com/tag/tea', tiles(1)),
    );
    expect(gone[3]?.items).toHaveLength(1);
    const tag = 'https://www.tiktok.com/tag/tea';
    const stayed = follow(reportOf(profile, tiles(1)), ...Array.from({ length: 25 }, () => reportOf(tag, tiles(1))));
    expect(stayed[5]?.items).toHaveLength(0);
    expect(stayed.at(-1)?.items).toHaveLength(1);
  });

  it('comes back to the same list after another page, and after a hard reload', () => {
    const followed = follow(
      reportOf(profile, tiles(1, 2)),
      reportOf(video(2), [detail(2)]),
      reportOf(profile, tiles(1, 2)),
      reportOf(`${profile}?lang=en`, tiles(1, 2), 99),
    );
    expect(followed[2]?.page.listKey).toBe(followed[0]?.page.listKey);
    expect(followed[3]?.page.listKey).toBe(followed[0]?.page.listKey);
    expect(followed[2]?.items).toHaveLength(2);
  });

  it('takes no tile of another document for the list before', () => {
    const followed = follow(reportOf(profile, tiles(1, 2)), reportOf(video(2), tiles(1, 2), 50));
    expect(followed[1]?.page.context.type).toBe('post');
  });

  it('tells what is new in a report, and how often nothing was shown', () => {
    const followed = follow(
      reportOf(profile, tiles(1)),
      reportOf(profile, tiles(1, 2)),
      reportOf(profile, []),
      reportOf(profile, []),
    );
    expect(followed.map(({ fresh }) => fresh.map((item) => item.ref))).toEqual([[ref(1)], [ref(2)], [], []]);
    expect(followed.map(({ page }) => page.emptyReports)).toEqual([0, 0, 1, 2]);
  });

  it('walks a profile of 60, opens 20 of it in a modal and 20 as pages: every item once, right ranks', () => {
    let list = newList('profile', {
      url: profile,
      context: { type: 'profile', query: null, tab: null, personalised: null },
      subject: null,
    });
    let before: KeptPage | null = null;
    let now = 0;
    const see = (url: string, items: ShownItem[]): void => {
      now += 500;
      const followed = followReport(before, reportOf(url, items), { tabId: 1, site }, now);
      before = followed.page;
      if (followed.page.context.type === 'profile') list = showItems(list, followed.items, now);
    };
    for (let top = 0; top <= 40; top += 10) {
      const window = tiles(...Array.from({ length: 20 }, (_item, index) => top + index));
      see(profile, window);
      for (let index = 0; index < 4; index++) {
        const opened = top + index;
        see(video(opened), [...window, detail(opened)]);
        see(profile, window);
        see(video(opened), window);
        see(video(opened), [detail(opened)]);
        see(profile, window);
      }
    }
    expect([...ranksOf(list)]).toEqual(Array.from({ length: 60 }, (_item, index) => [ref(index), index + 1]));
    expect(list.entries).toHaveLength(60);
  });
});

describe('listOfAnswer', () => {
  const [, opened] = follow(reportOf(profile, tiles(1, 2)), reportOf(video(2), [...tiles(1, 2), detail(2)]));
  const page = opened?.page ?? null;

  it('is the list under an opened post', () => {
    expect(listOfAnswer(page, video(2), 1)).toMatchObject({ type: 'profile', listKey: page?.listKey });
    expect(listOfAnswer(page, video(5), 1).listKey).toBe(page?.listKey);
  });

  it('is the page’s own list where the page is another one, or another document', () => {
    expect(listOfAnswer(page, 'https://www.tiktok.com/tag/tea', 1)).toMatchObject({ type: 'hashtag', query: 'tea' });
    expect(listOfAnswer(page, video(2), 7).type).toBe('post');
    expect(listOfAnswer(null, profile, 1)).toMatchObject({ type: 'profile' });
  });
});
