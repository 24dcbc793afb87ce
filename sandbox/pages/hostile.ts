import type { World } from '../types.ts';
import { escapeHtml } from '../client/html.ts';
import { feedCard } from '../client/tiktok-cards.ts';
import type { PageAnswer } from './answer.ts';
import { documentOf, page } from './answer.ts';
import { forgedDouyinPost, forgedTikTokPost, hostileTexts } from './hostile-answers.ts';
import { describePost } from './tiktok-data.ts';

/** Pages that try to mislead, slow down or break whatever reads them. */

interface HostilePage {
  about: string;
  draw(world: World): { body: string; head?: string };
}

function column(articles: string): string {
  return `<div id="main-content-homepage_hot" class="main"><div class="left"><div id="column-list-container">${articles}</div></div></div>`;
}

function article(index: number, player: string, inside = ''): string {
  return `<article id="one-column-item-${index}" data-scroll-index="${index}" data-e2e="recommend-list-item-container" class="article"><section id="media-card-${index}" data-e2e="feed-video" class="media"><div id="${player}"></div>${inside}</section></article>`;
}

function withCaption(world: World, text: string, index: number): string {
  const [post] = world.postsOf('tiktok');
  return post
    ? feedCard({ ...describePost(post, 'list'), id: String(BigInt(post.id) + BigInt(index)), desc: text }, index)
    : '';
}

/** A feed of one card, with a script that does something to whoever reads along. */
function attacking(about: string, more: (world: World) => string = () => ''): HostilePage {
  return {
    about,
    draw: (world) => ({
      body: `${column(article(0, `xgwrapper-0-${world.ids.tiktok.video}`))}${more(world)}`,
      head: '<script type="module" src="/sandbox/client/hostile.ts"></script>',
    }),
  };
}

const pages: Record<string, HostilePage> = {
  flood: attacking('500 answers on an address that is read, and 10,000 forged ones'),
  'tap-huge': attacking('an answer of 100 MB on an address that is read'),
  'tap-deep': attacking('answers with 100,000 levels'),
  'tap-proto': attacking('answers with __proto__ and constructor'),
  'tap-types': attacking('answers whose fields have the wrong types'),
  'tap-texts': attacking('captions and names with markup and marks that turn the direction of text', () =>
    column(
      hostileTexts
        .map((_text, index) => article(index + 1, `xgwrapper-0-${BigInt(forgedTikTokPost) + BigInt(index + 10)}`))
        .join(''),
    ),
  ),
  'tap-forged': attacking('forged messages, some of which speak for another site'),
  'tap-endless': attacking('an answer that never ends'),
  'tap-override': attacking('built-in functions replaced after the page has loaded'),
  'tap-rejects': attacking('answers that break off, are aborted, or never come'),
  'forged-ids': {
    about: 'ids that are too short, too long, no numbers, doubled, or in the wrong place',
    draw: (world) => ({
      body:
        column(
          [
            article(0, 'xgwrapper-0-1234'),
            article(1, 'xgwrapper-0-99999999999999999999999999'),
            article(2, 'xgwrapper-0-74123456789012345x7'),
            article(3, 'xgwrapper-0-٧٤١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦٧'),
            article(4, 'xgwrapper--7412345678901234567'),
            article(
              5,
              `xgwrapper-0-${world.ids.tiktok.video}`,
              `<div id="xgwrapper-0-${world.ids.tiktok.photo}"></div>`,
            ),
            article(6, 'xgwrapper-0-&quot;&gt;&lt;img src=x onerror=alert(1)&gt;'),
            article(7, 'xgwrapper-0-0000000000000000000'),
          ].join(''),
        ) +
        `<div id="xgwrapper-0-${world.ids.tiktok.withProducts}">outside of every card</div><a href="javascript:alert(1)//video/7412345678901234567">link</a><a href="https://www.tiktok.com.evil.test/@marina.bakes/video/${world.ids.tiktok.video}">other host</a><a href="//evil.test/@a/video/${world.ids.tiktok.video}">other host</a><a href="https://www.tiktok.com@evil.test/@a/video/${world.ids.tiktok.video}">other host</a><a href="/@%E0%A4%A/video/7412345678901234567">broken percent encoding</a>`,
    }),
  },
  captions: {
    about:
      'captions with markup, formulae, control characters, marks that turn the direction of text, and 50,000 letters',
    draw: (world) => ({
      body: column(
        [
          '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>',
          "=cmd|'/c calc'!A0 #formula",
          '\u202Egnp.exe \u2066hidden\u2069 #bidi',
          'null \u0000 bell \u0007 line\u2028separator\u2029 #control',
          '"quotes", semicolons; tabs\tand\r\nline breaks #csv',
          `${'long '.repeat(10_000)}#long`,
          `#${'tag'.repeat(300)} ${'#a '.repeat(500)}`,
          '</script></template></textarea>--> ]]> {{7*7}} ${7*7} #markup',
        ]
          .map((text, index) => withCaption(world, text.replaceAll('\u0000', ''), index))
          .join(''),
      ),
    }),
  },
  huge: {
    about: '40,000 elements and 8,000 links',
    draw: (world) => ({
      body:
        column(
          world
            .postsOf('tiktok')
            .map((post, index) => feedCard(describePost(post, 'list'), index))
            .join(''),
        ) +
        Array.from(
          { length: 8000 },
          (_unused, index) =>
            `<div><p><span>${index}</span></p><a href="/@nobody${index}/video/74${String(10_000_000_000_000_000 + index)}">link</a></div>`,
        ).join(''),
    }),
  },
  'overlay-names': {
    about: 'elements that are named like an overlay of ours, and names that hide properties of the document',
    draw: (world) => ({
      body: `<clipscope-overlay data-clipscope="1"><template shadowrootmode="open"><p>forged overlay</p></template></clipscope-overlay><div id="clipscope">forged</div><div id="clipscope-overlay" class="clipscope-overlay">forged</div><div id="clipscope-root">forged</div><form id="location" name="location"><input name="body"><input name="querySelector"><input name="textContent"><input name="getAttribute"></form><img name="documentElement" alt=""><img name="getElementById" alt=""><img name="head" alt=""><iframe name="defaultView" title="name"></iframe>${column(article(0, `xgwrapper-0-${world.ids.tiktok.video}`, '<form class="clobber"><input name="id"><input name="closest"><input name="querySelector"><input name="parentElement"></form>'))}`,
    }),
  },
  'bad-data': {
    about: 'embedded blocks that are broken, doubled, 20,000 levels deep, or carry __proto__',
    draw: (world) => ({
      body: `${column(article(0, `xgwrapper-0-${world.ids.tiktok.video}`))}<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">{"__DEFAULT_SCOPE__":{"webapp.video-detail":{"itemInfo":{"itemStruct":{"id":"${world.ids.tiktok.photo}","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"desc":null,"stats":"none","statsV2":{"diggCount":"NaN","playCount":"-1","commentCount":"1e9"},"createTime":"soon","author":[]</script><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${'['.repeat(20_000)}${']'.repeat(20_000)}</script><script id="SIGI_STATE" type="application/json">null</script><script id="__MODERN_ROUTER_DATA__" type="application/json"></script>`,
    }),
  },
  restless: {
    about: 'a page that changes its cards, classes and address without pause',
    draw: (world) => ({
      body: column(
        world
          .postsOf('tiktok')
          .slice(0, 6)
          .map((post, index) => feedCard(describePost(post, 'list'), index))
          .join(''),
      ),
      head: '<script type="module" src="/sandbox/client/restless.ts"></script>',
    }),
  },
};

/** The hostile page of that path, or their list. Null: no such page. */
export function hostilePage(world: World, path: string): PageAnswer | null {
  const name = path.replace(/^\/sandbox\/hostile\/?/, '');
  if (name === '') {
    const links = Object.entries(pages)
      .map(([id, { about }]) => `<li><a href="/sandbox/hostile/${id}">${id}</a>: ${escapeHtml(about)}</li>`)
      .join('');
    return page(
      documentOf({
        title: 'Hostile pages',
        language: 'en',
        stylesheet: 'tiktok',
        bodyClass: 'scrolls',
        body: `<ul>${links}</ul>`,
      }),
    );
  }
  const found = Object.hasOwn(pages, name) ? pages[name] : undefined;
  if (!found) return null;
  const { body, head = '' } = found.draw(world);
  const marks = `<script>document.body.dataset.attack=${JSON.stringify(name)};document.body.dataset.douyinPost=${JSON.stringify(forgedDouyinPost)}</script>`;
  return page(
    documentOf({ title: `Hostile: ${name}`, language: 'en', stylesheet: 'tiktok', head, body: marks + body }),
  );
}
