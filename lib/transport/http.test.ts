import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { HttpRequest } from '../core/ports.ts';
import { createSystemClock } from './clock.ts';
import { createHttp, maximumBodyBytes } from './http.ts';

const http = createHttp({ ...createSystemClock(), now: () => 42 });
const secret = 'planted secret+4711';
let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}/`;
}

function request(url: string, change: Partial<HttpRequest> = {}): HttpRequest {
  const query = new URLSearchParams({ secret }).toString();
  return { method: 'GET', url: `${url}?${query}`, timeoutMs: 5_000, secrets: [secret], ...change };
}

describe('answers', () => {
  test('any status is one, with its headers and undecoded bytes', async () => {
    const url = await serve((_request, response) =>
      response.writeHead(418, { 'Retry-After': '7' }).end(Buffer.from([0xc3, 0xdc])),
    );
    const answer = await http(request(url));
    expect(answer).toMatchObject({ status: 418, receivedAt: 42 });
    expect(answer.headers['retry-after']).toBe('7');
    expect([...answer.body]).toEqual([0xc3, 0xdc]);
  });

  test.each([204, 200, 304])('%i without a body is an empty one', async (status) => {
    const url = await serve((_request, response) => response.writeHead(status).end());
    expect((await http(request(url))).body).toHaveLength(0);
  });

  test('a POST is sent once, with its body', async () => {
    const bodies: string[] = [];
    const url = await serve((incoming, response) => {
      incoming.on('data', (chunk: Buffer) => bodies.push(chunk.toString()));
      incoming.on('end', () => response.writeHead(503).end());
    });
    expect((await http(request(url, { method: 'POST', body: '{"a":1}' }))).status).toBe(503);
    expect(bodies).toEqual(['{"a":1}']);
  });
});

describe('failures', () => {
  const stalls: readonly (readonly [string, RequestListener])[] = [
    ['nothing at all', () => undefined],
    ['headers and then nothing', (_request, response) => response.writeHead(200).flushHeaders()],
    ['half a body and then nothing', (_request, response) => void response.writeHead(200).write('{"item":')],
    [
      'a body drop by drop without end',
      (_request, response) => {
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ];
  test.each(stalls)('time is up also for a server that sends %s', async (_name, listener) => {
    const url = await serve(listener);
    await expect(http(request(url, { timeoutMs: 200 }))).rejects.toMatchObject({
      code: 'timeout',
      details: { parameters: [new URL(url).host, '0'] },
    });
  });

  test.each<[string, RequestListener]>([
    [
      'declared',
      (_request, response) => void response.writeHead(200, { 'content-length': maximumBodyBytes + 1 }).write('x'),
    ],
    ['undeclared', (_request, response) => void response.end(Buffer.alloc(maximumBodyBytes + 1))],
    [
      'packed small',
      (_request, response) =>
        void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024))),
    ],
  ])('an answer that is too large is refused: %s', async (_name, listener) => {
    const url = await serve(listener);
    await expect(http(request(url))).rejects.toMatchObject({ details: { advice: 'error_answer_too_large' } });
  });

  test('a redirect is not followed', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(http(request(url))).rejects.toMatchObject({ details: { advice: 'error_redirected' } });
    expect(asked).toBe(1);
  });

  test('cancelled while the body comes', async () => {
    const controller = new AbortController();
    const url = await serve((_request, response) => {
      response.writeHead(200).write('{');
      setTimeout(() => controller.abort(), 50);
    });
    await expect(http(request(url, { signal: controller.signal }))).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each<[string, RequestListener]>([
    ['before it answers', (incoming) => void incoming.socket.destroy()],
    [
      'in the middle of its answer',
      (incoming, response) => {
        response.writeHead(200, { 'content-length': 100 }).write('{');
        setTimeout(() => incoming.socket.destroy(), 30);
      },
    ],
  ])('a server that hangs up %s: network, and no word of the address but its host', async (_name, listener) => {
    const url = await serve(listener);
    const error = await http(request(url)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'network' });
    const text = JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(text).not.toMatch(/planted|secret|4711/u);
  });

  test('an address that fetch refuses says nothing of its query', async () => {
    const error = await http(request('https://user:pass@host.test/')).catch((thrown: unknown) => thrown);
    expect((error as Error).message).not.toMatch(/planted|4711|pass/u);
  });
});
