import type { WorldViewer } from '../types.ts';
import { documentOf, jsonForScript, stringifyWithBareNumbers } from './answer.ts';

const places: [string, string][] = [
  ['/jingxuan', '精选'],
  ['/?recommend=1', '推荐'],
  ['/search/%E6%9C%A8%E5%B7%A5', '搜索'],
  ['/follow', '关注'],
  ['/user/self', '我的'],
];

/** The block that pages of 2026 embed, in percent encoding: only `app`, with who is logged in. */
export function renderData(pathname: string, viewer: WorldViewer | null = null): string {
  const data = {
    app: {
      isClient: false,
      isSpider: false,
      pathname,
      envService: 'prod',
      odin: viewer
        ? { user_id: viewer.uid, user_type: 10, user_is_auth: 1, not_exist_login_cookie: false }
        : { user_id: '0', user_type: 12, user_is_auth: 0, not_exist_login_cookie: true },
      ...(viewer
        ? { user: { isLogin: true, info: { uid: viewer.uid, secUid: viewer.secUid, nickname: viewer.name } } }
        : {}),
    },
  };
  return `<script id="RENDER_DATA" type="application/json">${encodeURIComponent(stringifyWithBareNumbers(data))}</script>`;
}

/** The older block of live pages. */
export function streamData(state: unknown): string {
  return `<script class="STREAM_RENDER_DATA" type="application/json">${jsonForScript(state)}</script>`;
}

/** Rows of the server's component stream as the page pushes them. */
export function paceRows(rows: [string, unknown][]): string {
  return rows
    .map(
      ([number, row]) =>
        `<script>self.__pace_f=self.__pace_f||[];self.__pace_f.push(${jsonForScript([1, `${number}:${stringifyWithBareNumbers(row)}\n`])})</script>`,
    )
    .join('');
}

/** A page of www.douyin.com with its navigation. */
export function douyinDocument(parts: {
  title: string;
  pathname: string;
  main: string;
  scripts?: string[];
  scrolls?: boolean;
  blocks?: string;
  plain?: boolean;
}): string {
  const links = places
    .map(([href, label]) => `<a href="${href}" class="${href === parts.pathname ? 'on' : ''}">${label}</a>`)
    .join('');
  const frame = parts.plain
    ? ''
    : `<header class="top" data-e2e="douyin-navigation-top"><a class="logo" href="/">抖音</a><form><input data-e2e="searchbar-input" type="search" placeholder="搜索你感兴趣的内容" aria-label="搜索"></form><button type="button" class="red">登录</button></header><nav class="side" data-e2e="douyin-navigation">${links}</nav>`;
  return documentOf({
    title: parts.title,
    language: 'zh-CN',
    stylesheet: 'douyin',
    scripts: parts.scripts ?? [],
    bodyClass: [parts.scrolls ? 'scrolls' : '', parts.plain ? 'light' : ''].join(' ').trim(),
    body: `${frame}<div class="${parts.plain ? 'plain' : 'main'}">${parts.main}</div>${parts.blocks ?? renderData(parts.pathname)}`,
  });
}
