import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PageRequest } from './types.ts';
import type { Exchange, SandboxState } from './state.ts';
import { requestHeaders, send } from './state.ts';
import { createCertificate } from './certificate.ts';
import { controlHost, handleControl } from './control.ts';
import { runCourses } from './course.ts';
import { apiFor } from './apis.ts';
import { answerPage } from './pages/pages.ts';

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function logPage(exchange: Exchange, kind: PageRequest['kind'], status: number): void {
  const { request, state, url, host } = exchange;
  const fetchSite = request.headers['sec-fetch-site'];
  state.pageRequests.push({
    time: Date.now(),
    method: request.method ?? 'GET',
    host,
    path: url.pathname,
    query: url.search,
    kind,
    status,
    headers: { ...requestHeaders(request), fetchSite: typeof fetchSite === 'string' ? fetchSite : null },
  });
}

function handlePage(exchange: Exchange): void {
  const { response, state, url, host } = exchange;
  const prepared = state.pages.get(host + url.pathname + url.search) ?? state.pages.get(host + url.pathname);
  if (prepared !== undefined) {
    logPage(exchange, 'page', 200);
    send(response, 200, 'text/html; charset=utf-8', prepared);
    return;
  }
  const answer = answerPage({ host, url, world: state.world });
  logPage(exchange, answer.kind, answer.status);
  if (answer.write) answer.write(response);
  else send(response, answer.status, answer.type, answer.body, answer.headers);
}

async function handle(state: SandboxState, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
  const url = new URL(request.url ?? '/', `https://${host || 'unknown.invalid'}`);
  // Node's own would tell the computer's time.
  response.setHeader('date', new Date(state.now()).toUTCString());
  const exchange: Exchange = { request, response, host, url, body: await readBody(request), state };
  runCourses(state, state.now());
  if (host === controlHost) return handleControl(exchange);
  const api = apiFor(host, url.pathname);
  if (api) return api.handle(exchange);
  return handlePage(exchange);
}

/** Makes the HTTPS server that stands in for every host. */
export async function createSandboxServer(state: SandboxState): Promise<Server> {
  const server = createServer(await createCertificate(), (request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      console.error(`The sandbox failed to answer ${request.headers.host ?? ''}${request.url ?? ''}\n${text}`);
      if (!response.headersSent)
        send(response, 500, 'text/plain; charset=utf-8', 'The sandbox failed; its console says why.\n');
    });
  });
  return server;
}
