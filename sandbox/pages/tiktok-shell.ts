import { randomBytes } from 'node:crypto';
import type { World } from '../types.ts';
import { avatar, escapeHtml } from '../client/html.ts';
import { documentOf, jsonBlock } from './answer.ts';
import { rehydrationData } from './tiktok-data.ts';

const places: [string, string, string][] = [
  ['/foryou', 'For You', 'nav-foryou'],
  ['/explore', 'Explore', 'nav-explore'],
  ['/following', 'Following', 'nav-following'],
  ['/live', 'LIVE', 'nav-live'],
  ['/upload', 'Upload', 'nav-upload'],
];

/** A page of www.tiktok.com with its navigation and its embedded block. */
export function tiktokDocument(
  world: World,
  parts: {
    title: string;
    path: string;
    main: string;
    mainId: string;
    /** What the universal block says beside who is logged in; null: the page has no such block. */
    scope: Record<string, unknown> | null;
    /** Further blocks, as HTML. */
    blocks?: string;
    scripts?: string[];
    scrolls?: boolean;
    head?: string;
  },
): string {
  const links = places
    .map(
      ([href, label, e2e]) =>
        `<a href="${href}" data-e2e="${e2e}" class="${parts.path === href ? 'on' : ''}">${label}</a>`,
    )
    .join('');
  const side = `<div class="side"><a class="logo" href="/" data-e2e="tiktok-logo">TikTok</a><form action="/search" data-e2e="search-box"><input class="search" data-e2e="search-user-input" type="search" name="q" placeholder="Search" aria-label="Search"></form><nav>${links}</nav><a class="me" data-e2e="nav-profile" href="/@${escapeHtml(world.viewer.handle)}">${avatar(world.viewer.name)}<span>Profile</span></a></div>`;
  const universal =
    parts.scope === null ? '' : jsonBlock('__UNIVERSAL_DATA_FOR_REHYDRATION__', rehydrationData(world, parts.scope));
  return documentOf({
    title: parts.title,
    language: 'en',
    stylesheet: 'tiktok',
    scripts: parts.scripts ?? [],
    head: parts.head ?? '',
    bodyClass: parts.scrolls ? 'scrolls' : '',
    body: `<div id="app">${side}<div id="${parts.mainId}" class="main">${parts.main}</div></div>${universal}${parts.blocks ?? ''}`,
  });
}

/** A strict policy such as the real video pages have: no inline code, no HTML that is plain text. */
export function strictPolicy(): Record<string, string> {
  const nonce = randomBytes(12).toString('base64url');
  return {
    'content-security-policy': `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' https://*.tiktokcdn.com; connect-src 'self'; object-src 'none'; base-uri 'self'; require-trusted-types-for 'script'`,
  };
}

/** What the pages set, so that a request which should carry no cookies can be told. */
export const visitorCookie = { 'set-cookie': 'tt_sandbox_visitor=somebody; Path=/; Secure; SameSite=None' };
