/** The tap in a real page: the page gets what it would get without us, and what is listed comes over, once. */
import { createServer, type Server } from 'node:https';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCertificate } from '../sandbox/certificate.ts';
import { type ExtensionBrowser, launchChromium } from './harness/chromium.ts';
import { eventually } from './harness/session.ts';

/** Stands in for every host, so that streams, errors and aborted requests are in this file's hands. */
let server: Server;
let browser: ExtensionBrowser;
let page: Page;
const open = new Map<string, ServerResponse>();

const list = '/api/post/item_list/';
const body = JSON.stringify({ itemList: [{ id: '7240568259186019630', desc: '中文 🎈 <b>"quoted"</b>' }], number: 7 });

function answer(url: URL, response: ServerResponse): void {
  const kind = url.searchParams.get('kind');
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('content-type', 'application/json');
  if (url.pathname === '/explore') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>A page</title><p>A page.</p>');
  } else if (kind === 'stream') {
    response.write('first ');
    open.set(url.search, response);
  } else if (kind === 'huge') response.end('x'.repeat(9 * 1024 * 1024));
  else if (kind === 'error') {
    response.statusCode = 500;
    response.end(body);
  } else if (kind === 'away') {
    response.writeHead(302, { location: '/other' });
    response.end();
  } else response.end(body);
}

beforeAll(async () => {
  server = createServer(await createCertificate(), (request, response) =>
    answer(new URL(request.url ?? '/', 'https://www.tiktok.com'), response),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  browser = await launchChromium({ sandboxPort: (server.address() as AddressInfo).port });
  // Before any script of ours: what is called of the browser's own, and what comes over.
  await browser.context.addInitScript(() => {
    const calls = { clone: 0, getReader: 0 };
    const count = <Name extends keyof typeof calls>(
      holder: Record<Name, (...given: never[]) => unknown>,
      name: Name,
    ) => {
      const native = holder[name];
      holder[name] = function counted(this: unknown, ...given: never[]) {
        calls[name] += 1;
        return native.apply(this, given);
      };
    };
    count(Response.prototype as never, 'clone' as never);
    count(ReadableStream.prototype as never, 'getReader' as never);
    const answers: string[] = [];
    const failures: string[] = [];
    document.addEventListener('clipscope:answer', (event) => {
      const detail = String((event as CustomEvent).detail);
      answers.push(detail.length < 10_000 ? detail : 'long');
    });
    addEventListener('unhandledrejection', (event) => failures.push(String(event.reason)));
    addEventListener('error', (event) => failures.push(event.message));
    Object.assign(globalThis, { calls, answers, failures, nativeFetch: fetch });
  });
});
afterAll(async () => {
  await browser?.close();
  server?.closeAllConnections();
  server?.close();
});

interface Seen {
  readonly calls: { readonly clone: number; readonly getReader: number };
  readonly answers: readonly string[];
  readonly failures: readonly string[];
}

beforeEach(async () => {
  open.clear();
  page = await browser.context.newPage();
  await page.goto('https://www.tiktok.com/explore');
});
afterEach(() => page.close());

/** As the page's own scripts do it. */
function run<Value>(code: string): Promise<Value> {
  return page.evaluate<Value>(`(async () => { const list = ${JSON.stringify(list)}; ${code} })()`);
}

function seen(): Promise<Seen> {
  return page.evaluate<Seen>('({ calls, answers, failures })');
}

async function relayed(count: number): Promise<readonly { header: Record<string, unknown>; text: string }[]> {
  const { answers } = await eventually(seen, (now) => now.answers.length >= count);
  return answers.map((detail) => {
    const end = detail.indexOf('\n');
    return { header: JSON.parse(detail.slice(0, end)) as Record<string, unknown>, text: detail.slice(end + 1) };
  });
}

/** Long enough for anything that was going to come over. */
async function nothingRelayed(): Promise<void> {
  await page.waitForTimeout(150);
  expect((await seen()).answers).toEqual([]);
}

describe('fetch', () => {
  it('gives the page every byte, and hands over the text', async () => {
    expect(await run('return (await fetch(list + "?a=1")).text()')).toBe(body);
    expect(await relayed(1)).toEqual([
      {
        header: {
          url: `https://www.tiktok.com${list}?a=1`,
          pageUrl: 'https://www.tiktok.com/explore',
          digitsLost: false,
        },
        text: body,
      },
    ]);
    const bytes = await run<number[]>('return [...new Uint8Array(await (await fetch(list)).arrayBuffer())]');
    expect(Buffer.from(bytes).toString('utf8')).toBe(body);
    expect(await run('return (await (await fetch(new Request(list))).blob()).size')).toBe(Buffer.byteLength(body));
    await relayed(3);
  });

  it('is the browser’s own to look at', async () => {
    const looks = await run<Record<string, unknown>>(`
      const { value, ...rest } = Object.getOwnPropertyDescriptor(window, "fetch");
      return { rest, name: fetch.name, length: fetch.length, text: fetch.toString(), later: Function.prototype.toString.call(fetch),
        promise: fetch(list) instanceof Promise, wrapped: fetch !== nativeFetch };
    `);
    expect(looks).toMatchObject({
      rest: { configurable: true, enumerable: true, writable: true },
      name: 'fetch',
      length: 1,
      text: expect.stringContaining('[native code]'),
      later: expect.stringContaining('[native code]'),
      promise: true,
      wrapped: true,
    });
  });

  it('lets a stream through as it comes', async () => {
    const first = await run(`
      const response = await fetch(list + "?kind=stream");
      globalThis.reader = response.body.getReader();
      return new TextDecoder().decode((await reader.read()).value);
    `);
    expect(first).toBe('first ');
    expect((await seen()).answers).toEqual([]);
    open.get('?kind=stream')?.end('last');
    expect(await run('return new TextDecoder().decode((await reader.read()).value)')).toBe('last');
    expect((await relayed(1))[0]?.text).toBe('first last');
  });

  it('stops where the page stops', async () => {
    const outcome = await run(`
      const stop = new AbortController();
      const response = await fetch(list + "?kind=stream", { signal: stop.signal });
      const reading = response.text().then(() => "read", (error) => error.name);
      stop.abort();
      return reading;
    `);
    expect(outcome).toBe('AbortError');
    await eventually(
      async () => open.get('?kind=stream')?.destroyed,
      (closed) => closed === true,
    );
    await nothingRelayed();
    expect((await seen()).failures).toEqual([]);
  });

  it('a page that overrides the browser’s functions afterwards changes nothing', async () => {
    const own = await run(`
      const broken = () => { throw new Error("replaced"); };
      Response.prototype.clone = ReadableStream.prototype.getReader = TextDecoder.prototype.decode = broken;
      EventTarget.prototype.dispatchEvent = broken;
      window.CustomEvent = window.TextDecoder = window.URL = broken;
      Promise.prototype.then = ((then) => function (...given) { return then.apply(this, given); })(Promise.prototype.then);
      const text = await (await fetch(list)).text();
      const inner = fetch;
      window.fetch = (...given) => inner(...given);
      return text + (await (await fetch(list)).text());
    `);
    expect(own).toBe(body + body);
    expect((await relayed(2)).map(({ text }) => text)).toEqual([body, body]);
    expect((await seen()).failures).toEqual([]);
  });

  it.each([
    ['another path', '/api/other/'],
    ['a path that only begins alike', `${list}more/`],
    ['a page', '/explore'],
    ['another site', 'https://www.douyin.test/aweme/v1/web/tab/feed/'],
  ])('%s is not touched', async (_name, address) => {
    await run(`await fetch(${JSON.stringify(address)}).then((response) => response.text(), () => "")`);
    await nothingRelayed();
    expect((await seen()).calls).toEqual({ clone: 0, getReader: 0 });
  });

  it.each([
    ['an error', `${list}?kind=error`],
    ['an answer from elsewhere', `${list}?kind=away`],
  ])('%s is not read', async (_name, address) => {
    await run(`await (await fetch(${JSON.stringify(address)})).text()`);
    await nothingRelayed();
    expect((await seen()).calls.clone).toBe(0);
  });

  it('more than 8 MB: the page gets all, nothing comes over', async () => {
    expect(await run('return (await (await fetch(list + "?kind=huge")).text()).length')).toBe(9 * 1024 * 1024);
    await nothingRelayed();
  });
});

describe('XMLHttpRequest', () => {
  const request = (type: string, address = list): string => `
    const request = new XMLHttpRequest();
    const loaded = new Promise((resolve) => { request.onloadend = resolve; });
    request.open("GET", ${JSON.stringify(address)});
    request.responseType = ${JSON.stringify(type)};
    request.send();
    await loaded;`;

  it.each([
    ['', 'return request.responseText', body, false],
    ['text', 'return request.response', body, false],
    ['json', 'return request.response', JSON.parse(body) as unknown, true],
    ['blob', 'return request.response.text()', body, false],
    ['arraybuffer', 'return new TextDecoder().decode(request.response)', body, false],
  ])('of type "%s"', async (type, read, expected, digitsLost) => {
    expect(await run(`${request(type)} ${read}`)).toEqual(expected);
    expect(await relayed(1)).toMatchObject([{ header: { digitsLost }, text: body }]);
    expect((await seen()).answers).toHaveLength(1);
  });

  it('hands over what came, not what the page made of it', async () => {
    await run(`
      const request = new XMLHttpRequest();
      request.open("GET", list);
      request.responseType = "json";
      request.addEventListener("load", () => { request.response.itemList.length = 0; });
      request.send();
    `);
    expect((await relayed(1))[0]?.text).toBe(body);
  });

  it('one that is used again comes over once each time', async () => {
    await run(`${request('')}
      for (const round of [1, 2]) {
        request.open("GET", list + "?round=" + round);
        request.send();
        await new Promise((resolve) => { request.onloadend = resolve; });
      }
    `);
    expect((await relayed(3)).map(({ header }) => new URL(String(header['url'])).search)).toEqual([
      '',
      '?round=1',
      '?round=2',
    ]);
  });

  it.each([
    ['another address', '', '/api/other/'],
    ['a document', 'document', '/explore'],
    ['a listed document', 'document', list],
    ['an error', '', `${list}?kind=error`],
    ['an answer from elsewhere', '', `${list}?kind=away`],
    ['more than 8 MB', '', `${list}?kind=huge`],
  ])('%s is not read', async (_name, type, address) => {
    expect(await run(`${request(type, address)} return request.status`)).toBeGreaterThanOrEqual(200);
    await nothingRelayed();
  });

  it('an aborted request tells nothing', async () => {
    await run(`
      const request = new XMLHttpRequest();
      request.open("GET", list + "?kind=stream");
      request.send();
      await new Promise((resolve) => { request.onreadystatechange = () => request.readyState >= 2 && resolve(); });
      request.abort();
    `);
    await nothingRelayed();
  });

  it('looks like the browser’s', async () => {
    const looks = await run(`
      const { value, ...rest } = Object.getOwnPropertyDescriptor(XMLHttpRequest.prototype, "open");
      let error = "";
      try { value.call({}); } catch (caught) { error = caught.name; }
      return { rest, name: value.name, length: value.length, text: value.toString().includes("[native code]"), error };
    `);
    expect(looks).toEqual({
      rest: { configurable: true, enumerable: true, writable: true },
      name: 'open',
      length: 2,
      text: true,
      error: 'TypeError',
    });
  });
});

describe('the events', () => {
  it('silence stops everything, until somebody listens again', async () => {
    await run('document.dispatchEvent(new CustomEvent("clipscope:silence")); await (await fetch(list)).text()');
    await nothingRelayed();
    expect((await seen()).calls.clone).toBe(0);
    await run('document.dispatchEvent(new CustomEvent("clipscope:listen")); await (await fetch(list)).text()');
    await relayed(1);
  });

  it('made up by the page in great number and size, the page and the extension stay up', async () => {
    await run(`
      const tell = (detail) => document.dispatchEvent(new CustomEvent("clipscope:answer", { detail }));
      const large = "x".repeat(8 * 1024 * 1024);
      const header = { url: location.origin + list, pageUrl: location.href, digitsLost: false };
      for (const url of ["https://www.douyin.com/aweme/v1/web/tab/feed/", "javascript:1", location.origin + list])
        for (let count = 0; count < 40; count++) tell(JSON.stringify({ ...header, url }) + "\\n" + large);
      for (const detail of [null, {}, 7, "", "\\n", "{}\\n", "x".repeat(30 * 1024 * 1024)]) tell(detail);
      for (let count = 0; count < 5000; count++) tell(JSON.stringify(header) + '\\n{"itemList":[{"__proto__":{}}]}');
    `);
    await page.waitForTimeout(1_000);
    expect(await run('return failures')).toEqual([]);
    // The worker still answers, and so does the page's own script of ours.
    const other = await browser.openSurface('options');
    await other.getByTestId('options').waitFor();
    await other.close();
  });

  it('nobody hears of errors of ours', () => {
    const complaints = browser.console.filter((line) => /^(?:error|pageerror|warning)/u.test(line));
    // What the page's own failing requests say.
    expect(complaints.filter((line) => !/Failed to load resource|ERR_|CORS policy/u.test(line))).toEqual([]);
  });
});
