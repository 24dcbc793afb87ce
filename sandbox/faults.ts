import type { Api, Fault } from './types.ts';
import type { Exchange, SandboxState } from './state.ts';
import { jsonType, requestHeaders, send } from './state.ts';
import { limitCall } from './limits.ts';

/**
 * What goes wrong with this call: it is more than the API's limit lets through, or the first fault that fits it, which is
 * counted down. Called once for each call.
 */
export function takeFault(state: SandboxState, api: Api, host: string, itemId: string | null): Fault | null {
  const limiter = state.limiters.get(api);
  const exceeded = limiter ? limitCall(limiter, state.now()) : null;
  if (exceeded) {
    return exceeded.refused === 'quota' ? { kind: 'quota' } : { kind: 'rate_limit', retryAfter: exceeded.retryAfter };
  }
  const entry = state.faults.find(
    (candidate) =>
      candidate.api === api &&
      (candidate.fault.host === undefined || candidate.fault.host === host) &&
      (candidate.fault.itemId === undefined || candidate.fault.itemId === itemId) &&
      (candidate.fault.share === undefined || state.chance() < candidate.fault.share),
  );
  if (!entry) return null;
  entry.remaining -= 1;
  if (entry.remaining <= 0) state.faults.splice(state.faults.indexOf(entry), 1);
  return entry.fault;
}

/** Faults of a share of the calls are drawn one by one, so that several kinds may be set at once. */
function isSameFilter(one: Fault, other: Fault): boolean {
  if (one.host !== other.host || one.itemId !== other.itemId) return false;
  return (
    (one.share === undefined) === (other.share === undefined) && (one.share === undefined || one.kind === other.kind)
  );
}

/** Adds a fault; a later one with the same filter replaces the earlier one. Null removes all of that API. */
export function setFault(state: SandboxState, api: Api, fault: Fault | null, times = Number.POSITIVE_INFINITY): void {
  const others = state.faults.filter(
    (entry) => entry.api !== api || (fault !== null && !isSameFilter(entry.fault, fault)),
  );
  state.faults.splice(0, state.faults.length, ...others);
  if (fault !== null) state.faults.push({ api, fault, remaining: times });
}

/** The verdict under which a faulty call is logged. */
export function faultName(fault: Fault): string {
  if (fault.kind === 'status') return `status_${fault.status}`;
  if (fault.kind === 'code') return `code_${fault.code}`;
  return fault.kind;
}

/** Logs a call: what was asked, what the API's own check says of it, and the fault that takes the place of its answer. */
export function logCall(
  exchange: Exchange,
  api: Api,
  fault: Fault | null,
  call: {
    readonly apiName: string;
    readonly itemId: string | null;
    readonly verdict: string;
    /** The query's, unless given. */
    readonly parameters?: Record<string, unknown>;
  },
): void {
  const { request, state, url, host } = exchange;
  const { apiName, itemId, verdict, parameters = Object.fromEntries(url.searchParams) } = call;
  state.calls.push({
    time: state.now(),
    host,
    path: url.pathname,
    method: request.method ?? 'GET',
    api,
    apiName,
    itemId,
    verdict: fault ? faultName(fault) : verdict,
    checked: verdict,
    parameters,
    headers: requestHeaders(request),
  });
}

/** The answer's text as the fault leaves it: half of it, or all. */
export function asFaulty(fault: Fault | null, text: string): string {
  return fault?.kind === 'truncated' ? text.slice(0, Math.floor(text.length / 2)) : text;
}

// "密钥错误或不存在" (key wrong or unknown) as the gateway sends it: GBK bytes, no JSON.
const wrongKeyGbk = Buffer.from('c3dcd4bfb4edcef3bbf2b2bbb4e6d4da', 'hex');

/** The answer to an unknown key: not JSON, in GBK, labelled utf-8, with status 200. */
export function sendWrongKey(exchange: Exchange): void {
  send(exchange.response, 200, 'text/html; charset=utf-8', wrongKeyGbk);
}

const faultPage =
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr></body></html>';

function sendOversize(exchange: Exchange, bytes: number): void {
  const { response } = exchange;
  response.writeHead(200, { 'content-type': jsonType });
  const block = Buffer.alloc(65_536, 'x');
  let left = bytes;
  response.write('{"padding":"');
  const pump = (): void => {
    while (left > 0 && !response.destroyed) {
      const size = Math.min(left, block.length);
      left -= size;
      if (!response.write(block.subarray(0, size))) {
        response.once('drain', pump);
        return;
      }
    }
    if (!response.destroyed) response.end('"}');
  };
  pump();
}

/**
 * Carries out the faults that are the same for every API. Returns whether the call has been
 * answered; if not, the API goes on (after a delay, or with its own form of the fault).
 */
export async function applySharedFault(exchange: Exchange, fault: Fault): Promise<boolean> {
  const { response } = exchange;
  switch (fault.kind) {
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, fault.ms));
      return response.destroyed;
    case 'status':
      send(response, fault.status, 'text/html', faultPage);
      return true;
    case 'dead':
      exchange.request.socket.destroy();
      return true;
    case 'stall':
      response.writeHead(200, { 'content-type': jsonType });
      response.write('{"item":{"title":"');
      return true;
    case 'html':
      send(response, 200, 'text/html; charset=utf-8', faultPage);
      return true;
    case 'wrong_key_gbk':
      sendWrongKey(exchange);
      return true;
    case 'oversize':
      sendOversize(exchange, fault.bytes);
      return true;
    case 'redirect':
      send(response, 302, 'text/plain', '', { location: fault.location });
      return true;
    default:
      return false;
  }
}
