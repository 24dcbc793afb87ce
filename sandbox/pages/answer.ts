import type { ServerResponse } from 'node:http';
import type { PageRequest, World } from '../types.ts';
import { escapeHtml } from '../client/html.ts';

/** What a page is made from. */
export interface PageQuestion {
  host: string;
  url: URL;
  world: World;
}

/** What is sent for a page, an asset or the site's own JSON. */
export interface PageAnswer {
  kind: PageRequest['kind'];
  status: number;
  type: string;
  body: string | Buffer;
  headers: Record<string, string | string[]>;
  /** Writes the answer itself, in place of the body. */
  write?: (response: ServerResponse) => void;
}

const digitMark = '\u{E000}';

/** Marks digits that must leave as a bare number, though JavaScript could not hold them exactly. */
export function bareNumber(digits: string): string {
  return `${digitMark}${digits}${digitMark}`;
}

/** JSON text in which the marked digits are bare numbers, also inside JSON that is itself a string. */
export function stringifyWithBareNumbers(value: unknown): string {
  return JSON.stringify(value).replaceAll(new RegExp(`(?:\\\\*")${digitMark}(\\d+)${digitMark}(?:\\\\*")`, 'gu'), '$1');
}

/** JSON that may stand inside a script element. */
export function jsonForScript(value: unknown): string {
  return stringifyWithBareNumbers(value).replaceAll('<', '\\u003C');
}

/** A JSON answer of the site itself. */
export function json(value: unknown, status = 200): PageAnswer {
  return {
    kind: 'page-api',
    status,
    type: 'application/json; charset=utf-8',
    body: stringifyWithBareNumbers(value),
    headers: {},
  };
}

/** An HTML page. */
export function page(body: string, headers: Record<string, string | string[]> = {}, status = 200): PageAnswer {
  return { kind: 'page', status, type: 'text/html; charset=utf-8', body, headers };
}

/** The answer to whatever the sandbox does not know. */
export function notFound(question: PageQuestion): PageAnswer {
  const address = escapeHtml(question.host + question.url.pathname);
  return {
    ...page(
      `<!doctype html><html lang="en"><head><title>Not in the sandbox</title></head><body><h1>404</h1><p>The sandbox has no ${address}.</p></body></html>`,
      {},
      404,
    ),
    kind: 'unknown',
  };
}

/** A whole document. The scripts are modules of the folder `client`; everything else is inline or from the same host. */
export function documentOf(parts: {
  title: string;
  language: string;
  stylesheet: string;
  scripts?: string[];
  head?: string;
  body: string;
  bodyClass?: string;
}): string {
  const scripts = (parts.scripts ?? [])
    .map((name) => `<script type="module" src="/sandbox/client/${name}.ts"></script>`)
    .join('');
  return `<!doctype html><html lang="${parts.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(parts.title)}</title><link rel="icon" href="/sandbox/image/icon.svg"><link rel="stylesheet" href="/sandbox/client/${parts.stylesheet}.css">${parts.head ?? ''}</head><body class="${parts.bodyClass ?? ''}">${parts.body}${scripts}</body></html>`;
}

/** An inert JSON block as both sites embed it. */
export function jsonBlock(id: string, value: unknown): string {
  return `<script id="${id}" type="application/json">${jsonForScript(value)}</script>`;
}

/** A batch of a list, by an offset in the query. */
export function batch<T>(
  all: T[],
  query: URLSearchParams,
  offsetName: string,
  countName = 'count',
): { items: T[]; next: number; hasMore: boolean } {
  const offset = Math.max(0, Number(query.get(offsetName) ?? 0) || 0);
  const count = Math.min(35, Math.max(1, Number(query.get(countName) ?? 16) || 16));
  return { items: all.slice(offset, offset + count), next: offset + count, hasMore: offset + count < all.length };
}
