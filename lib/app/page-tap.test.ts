/** The real tap in a world of its own, with the real fetch against a real server. XMLHttpRequest: e2e/tap.test.ts. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { maximumRelayed, type RelayedAnswer } from '../core/page-data.ts';
import { startPageTap } from './page-tap.ts';
import { tapEvents, unwrapAnswer } from './tap-events.ts';

let server: Server;
let base = '';
/** What the server still holds open, by path. */
const open = new Map<string, ServerResponse>();

const body = JSON.stringify({ itemList: [{ id: '7240568259186019630', desc: '中文 🎈 "quoted"' }] });

function answer(path: string, response: ServerResponse): void {
  const [, , name = ''] = path.split('/');
  if (name === 'stream' || name === 'slow') {
    response.writeHead(200, { 'content-type': 'text/plain' }).write('first ');
    open.set(name, response);
    return;
  }
  if (name === 'huge') {
    response.writeHead(200);
    const part = 'x'.repeat(1024 * 1024);
    for (let count = 0; count < 9; count++) response.write(part);
    response.end();
    return;
  }
  if (name === 'error') response.writeHead(500).end(body);
  else if (name === 'away') response.writeHead(302, { location: '/unlisted/list' }).end();
  else if (name === 'empty') response.writeHead(204).end();
  else if (name === 'broken') {
    response.writeHead(200, { 'content-length': '1000' }).write('half');
    setTimeout(() => response.destroy(), 20);
  } else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(body));
}

beforeAll(async () => {
  server = createServer((request, response) => answer(request.url ?? '/', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface World {
  readonly page: typeof globalThis;
  readonly answers: RelayedAnswer[];
  /** As the page's own scripts do it. */
  run<Value>(code: string): Promise<Value>;
  tell(event: string): void;
}

/** A page's world with its own objects; nothing in it is imitated but the document, which is a bare event target. */
function createWorld(own: typeof fetch = fetch): World {
  const document = Object.assign(new EventTarget(), { baseURI: `${base}/somewhere` });
  class Node {
    get baseURI(): string {
      return `${base}/somewhere`;
    }
  }
  Object.setPrototypeOf(
    document,
    Object.create(Node.prototype, Object.getOwnPropertyDescriptors(EventTarget.prototype)),
  );
  Reflect.deleteProperty(document, 'baseURI');
  const context = createContext({
    document,
    Node,
    location: { href: `${base}/somewhere` },
    base,
    fetch: own,
    Response,
    Request,
    URL,
    Blob,
    CustomEvent,
    EventTarget,
    ReadableStream,
    ReadableStreamDefaultReader,
    TextDecoder,
    AbortController,
    setTimeout,
    clearTimeout,
    ArrayBuffer,
  });
  const page = runInContext('globalThis', context) as typeof globalThis;
  const answers: RelayedAnswer[] = [];
  document.addEventListener(tapEvents.answer, (event) => {
    const relayed = unwrapAnswer((event as CustomEvent).detail);
    if (relayed) answers.push(relayed);
  });
  startPageTap(page, (address) => new URL(address).pathname.startsWith('/api/'));
  return {
    page,
    answers,
    run: <Value>(code: string) => runInContext(`(async () => { ${code} })()`, context) as Promise<Value>,
    tell: (event) => document.dispatchEvent(new CustomEvent(event)),
  };
}

let world: World;
const unhandled: unknown[] = [];
process.on('unhandledRejection', (reason) => unhandled.push(reason));
beforeEach(() => {
  unhandled.length = 0;
  world = createWorld();
  world.tell(tapEvents.listen);
});

async function relayed(count: number): Promise<readonly RelayedAnswer[]> {
  for (let round = 0; round < 200 && world.answers.length < count; round++) await pause(5);
  return world.answers;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

describe('answers that are relayed', () => {
  it('as they are, with where they came from, while the page reads its own', async () => {
    const own = await world.run<string>('return (await fetch(base + "/api/list?cursor=0")).text()');
    expect(own).toBe(body);
    expect(await relayed(1)).toEqual([
      { url: `${base}/api/list?cursor=0`, pageUrl: `${base}/somewhere`, digitsLost: false, text: body },
    ]);
  });

  it.each([
    ['a URL', 'new URL(base + "/api/list")'],
    ['a Request', 'new Request(base + "/api/list")'],
    ['something that has to be turned into text', '({ toString: () => base + "/api/list" })'],
  ])('asked for by %s', async (_name, input) => {
    expect(await world.run(`return (await fetch(${input})).json()`)).toEqual(JSON.parse(body));
    expect((await relayed(1))[0]?.text).toBe(body);
  });

  it('whether the page reads them, reads a copy of them, or does not read them at all', async () => {
    await world.run(`
      const response = await fetch(base + "/api/list");
      const copies = [response.clone(), response.clone()];
      const texts = await Promise.all([response, ...copies].map((each) => each.text()));
      if (new Set(texts).size !== 1) throw new Error("the copies differ");
      await fetch(base + "/api/list");
    `);
    expect((await relayed(2)).map(({ text }) => text)).toEqual([body, body]);
  });

  it('also when the page replaces what the browser gave it', async () => {
    await world.run(`
      const nothing = () => { throw new Error("replaced"); };
      globalThis.TextDecoder = globalThis.CustomEvent = globalThis.URL = globalThis.setTimeout = nothing;
      Reflect.apply = JSON.stringify = Object.getOwnPropertyDescriptor = Promise.prototype.catch = nothing;
      for (const name of ["dispatchEvent", "addEventListener"]) document[name] = nothing;
      return (await fetch(base + "/api/list")).text();
    `);
    expect((await relayed(1))[0]?.text).toBe(body);
  });

  it('through a fetch that the page has put around ours', async () => {
    await world.run(`
      const inner = fetch;
      globalThis.fetch = async (...given) => { const response = await inner(...given); return new Response(await response.text(), response); };
      await (await fetch(base + "/api/list")).text();
    `);
    expect(await relayed(1)).toHaveLength(1);
  });

  it('wait until somebody listens, the oldest dropped; after that nothing waits', async () => {
    world = createWorld();
    await world.run(
      'for (let index = 0; index < 45; index++) await (await fetch(base + "/api/list?index=" + index)).text()',
    );
    await pause(50);
    expect(world.answers).toEqual([]);
    world.tell(tapEvents.listen);
    expect(world.answers.map(({ url }) => new URL(url).search)).toEqual(
      Array.from({ length: 40 }, (_unused, index) => `?index=${index + 5}`),
    );
  });
});

describe('what is not read', () => {
  it.each([
    ['another address', '/other/list'],
    ['an error', '/api/error'],
    ['an answer without a body', '/api/empty'],
    ['an answer from elsewhere than asked', '/api/away'],
  ])('%s', async (_name, path) => {
    const status = await world.run<number>(
      `const response = await fetch(base + ${JSON.stringify(path)}); await response.text(); return response.status`,
    );
    expect(status).toBeGreaterThan(0);
    await pause(30);
    expect(world.answers).toEqual([]);
  });

  it('the headers alone of an answer', async () => {
    await world.run('await fetch(base + "/api/list", { method: "HEAD" })');
    await pause(30);
    expect(world.answers).toEqual([]);
  });

  it('more than is relayed: the page gets all of it', async () => {
    const length = await world.run<number>('return (await (await fetch(base + "/api/huge")).text()).length');
    expect(length).toBe(9 * 1024 * 1024);
    expect(length).toBeGreaterThan(maximumRelayed);
    await pause(30);
    expect(world.answers).toEqual([]);
  });

  it('anything while silent, nor what waited before', async () => {
    world = createWorld();
    await world.run('await (await fetch(base + "/api/list")).text()');
    await pause(30);
    world.tell(tapEvents.silence);
    await world.run('await (await fetch(base + "/api/list")).text()');
    await pause(30);
    world.tell(tapEvents.listen);
    expect(world.answers).toEqual([]);
    await world.run('await (await fetch(base + "/api/list")).text()');
    expect(await relayed(1)).toHaveLength(1);
  });

  it('an answer whose reading began before the silence', async () => {
    const reading = world.run<string>('return (await fetch(base + "/api/slow")).text()');
    while (!open.has('slow')) await pause(5);
    world.tell(tapEvents.silence);
    open.get('slow')?.end('last');
    expect(await reading).toBe('first last');
    await pause(30);
    expect(world.answers).toEqual([]);
  });
});

describe('the page notices nothing', () => {
  it('a stream arrives piece by piece', async () => {
    open.clear();
    const first = await world.run<string>(`
      const response = await fetch(base + "/api/stream");
      globalThis.reader = response.body.getReader();
      const { value } = await reader.read();
      return new TextDecoder().decode(value);
    `);
    expect(first).toBe('first ');
    open.get('stream')?.end('last');
    const rest = await world.run<string>('return new TextDecoder().decode((await reader.read()).value)');
    expect(rest).toBe('last');
    expect((await relayed(1))[0]?.text).toBe('first last');
  });

  it('an aborted request ends for both, and nothing of it is relayed', async () => {
    open.clear();
    const outcome = await world.run<string>(`
      const stop = new AbortController();
      const response = await fetch(base + "/api/stream", { signal: stop.signal });
      const text = response.text().then(() => "read", (error) => error.name);
      stop.abort();
      return text;
    `);
    expect(outcome).toBe('AbortError');
    for (let round = 0; round < 100 && !open.get('stream')?.destroyed; round++) await pause(10);
    expect(open.get('stream')?.destroyed).toBe(true);
    expect(world.answers).toEqual([]);
    expect(unhandled).toEqual([]);
  });

  it.each([
    ['an answer that breaks off', 'await (await fetch(base + "/api/broken")).text()', 'TypeError'],
    ['an address that is none', 'await fetch("http://[")', 'TypeError'],
    ['a server that is not there', 'await fetch("http://127.0.0.1:1/api/list")', 'TypeError'],
    ['an aborted call', 'await fetch(base + "/api/list", { signal: AbortSignal.abort() })', 'AbortError'],
  ])('%s fails as it does without us', async (_name, code, error) => {
    Object.assign(world.page, { AbortSignal });
    const name = await world.run<string>(`try { ${code}; return "fine" } catch (error) { return error.name }`);
    expect(name).toBe(error);
    await pause(50);
    expect(world.answers).toEqual([]);
    expect(unhandled).toEqual([]);
  });

  it('a request to another address that nobody handles is still reported as such', async () => {
    await world.run('void fetch("http://127.0.0.1:1/other")');
    for (let round = 0; round < 100 && unhandled.length === 0; round++) await pause(10);
    expect(unhandled).toHaveLength(1);
  });

  it('what fetch returns is what the browser returned, and fetch looks like the browser’s', () => {
    const own = Promise.resolve(new Response('x'));
    expect(createWorld(() => own).page.fetch('/api/list')).toBe(own);
    const native = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
    const { fetch: ours } = world.page;
    expect([ours.name, ours.length]).toEqual([fetch.name, fetch.length]);
    expect(Object.getOwnPropertyDescriptor(world.page, 'fetch')).toMatchObject({
      configurable: native?.configurable,
      writable: native?.writable,
      enumerable: native?.enumerable,
    });
    expect(Function.prototype.toString.call(ours)).toContain('[native code]');
  });

  it('a second start changes nothing', async () => {
    const { fetch: ours } = world.page;
    startPageTap(world.page);
    expect(world.page.fetch).toBe(ours);
    await world.run('await (await fetch(base + "/api/list")).text()');
    await relayed(1);
    await pause(30);
    expect(world.answers).toHaveLength(1);
  });
});
