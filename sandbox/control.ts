import type { AnswerForm, Api, Fault } from './types.ts';
import type { Exchange } from './state.ts';
import { jsonType, resetState, send } from './state.ts';
import { setFault } from './faults.ts';
import { createLimiter, type SandboxLimit } from './limits.ts';

export const controlHost = 'control.clipscope.test';

/** Keeps HTML for one address; its query counts only when the address has one. */
export function setPage(pages: Map<string, string>, address: string, html: string | null): void {
  const url = new URL(address);
  const name = url.host + url.pathname + url.search;
  if (html === null) pages.delete(name);
  else pages.set(name, html);
}

interface ControlRequest {
  api?: Api;
  apiName?: string;
  fault?: Fault | null;
  times?: number;
  limit?: SandboxLimit | null;
  body?: string | null;
  url?: string;
  html?: string | null;
  form?: AnswerForm;
}

/**
 * The controls of the sandbox over HTTPS, for people who run `npm run dev`: GET /calls, /page-requests,
 * /world, /credentials; POST /fault, /limit, /answer, /page, /form, /reset with a JSON object.
 */
export function handleControl(exchange: Exchange): void {
  const { request, response, state, url, body } = exchange;
  const sendJson = (value: unknown, status = 200): void =>
    send(response, status, jsonType, `${JSON.stringify(value, null, 2)}\n`);
  if (request.method === 'GET') {
    if (url.pathname === '/calls') return sendJson(state.calls);
    if (url.pathname === '/page-requests') return sendJson(state.pageRequests);
    if (url.pathname === '/world') return sendJson(state.world);
    if (url.pathname === '/credentials') return sendJson(state.credentials);
    return sendJson({ error: 'GET /calls, /page-requests, /world or /credentials' }, 404);
  }
  let order: ControlRequest;
  try {
    // Whoever runs the sandbox writes it: no stranger's input.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    order = (body.length === 0 ? {} : JSON.parse(body.toString('utf8'))) as ControlRequest;
  } catch {
    return sendJson({ error: 'The body is not JSON.' }, 400);
  }
  if (url.pathname === '/fault' && order.api && order.fault !== undefined)
    setFault(state, order.api, order.fault, order.times);
  else if (url.pathname === '/limit' && order.api && order.limit) {
    state.limiters.set(order.api, createLimiter(order.limit));
  } else if (url.pathname === '/limit' && order.api && order.limit === null) state.limiters.delete(order.api);
  else if (url.pathname === '/answer' && order.api && order.apiName !== undefined && order.body !== undefined) {
    const name = `${order.api}/${order.apiName}`;
    if (order.body === null) state.answers.delete(name);
    else state.answers.set(name, order.body);
  } else if (url.pathname === '/page' && order.url !== undefined && order.html !== undefined)
    setPage(state.pages, order.url, order.html);
  else if (url.pathname === '/form' && order.form !== undefined) state.answerForm = order.form;
  else if (url.pathname === '/reset') resetState(state);
  else return sendJson({ error: 'POST /fault, /limit, /answer, /page, /form or /reset with its fields' }, 400);
  return sendJson({ ok: true });
}
