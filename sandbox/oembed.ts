import type { Exchange } from './state.ts';
import { jsonType, send } from './state.ts';
import { applySharedFault, asFaulty, logCall, takeFault } from './faults.ts';
import { oembed } from './pages/tiktok-api.ts';

/** Whether a request is for TikTok's oEmbed; everything else on this host is a page. */
export function isOembed(host: string, path: string): boolean {
  return host === 'www.tiktok.com' && (path === '/oembed' || path === '/oembed/');
}

/** Handles one call of TikTok's oEmbed. It knows no key; cookies would tell who asks, so they are in the log. */
export async function handleOembed(exchange: Exchange): Promise<void> {
  const { response, state, url, host } = exchange;
  const address = url.searchParams.get('url') ?? '';
  const [, found = null] = /^https:\/\/www\.tiktok\.com\/@[^/]*\/(?:video|photo)\/(\d+)$/.exec(address) ?? [];
  const post = state.world.post(found ?? '');
  const isServed = post?.platform === 'tiktok' && post.status === 'normal';
  const verdict = found === null ? 'bad_parameter' : isServed ? 'ok' : 'not_found';
  const fault = takeFault(state, 'oembed', host, found);
  logCall(exchange, 'oembed', fault, {
    apiName: 'oembed',
    itemId: found,
    verdict,
  });
  if (fault && (await applySharedFault(exchange, fault))) return;
  const sendText = (status: number, text: string, headers?: Record<string, string>): void => {
    send(response, status, jsonType, asFaulty(fault, text), headers);
  };
  const refuse = (code: number | string, message: string, headers?: Record<string, string>): void => {
    const status = /^[45]\d\d$/.test(String(code)) ? Number(code) : 200;
    sendText(status, JSON.stringify({ code, message }), headers);
  };
  // It has no quota of its own: whoever asks too much is refused.
  if (fault?.kind === 'rate_limit' || fault?.kind === 'quota') {
    const wait = fault.kind === 'rate_limit' ? fault.retryAfter : undefined;
    return refuse(429, 'Too many requests', wait === undefined ? undefined : { 'retry-after': String(wait) });
  }
  if (fault?.kind === 'code')
    return refuse(/^\d+$/.test(fault.code) ? Number(fault.code) : fault.code, fault.reason ?? 'error');
  if (!isServed && fault?.kind !== 'wrong_item') return refuse(400, 'Something went wrong');
  const other = state.world.postsOf('tiktok').find(({ id }) => id !== found);
  const prepared = fault?.kind === 'wrong_item' ? undefined : state.answers.get('oembed/oembed');
  const answer = oembed(
    state.world,
    fault?.kind === 'wrong_item' ? `https://www.tiktok.com/@/video/${other?.id ?? ''}` : address,
  );
  sendText(answer.status, prepared ?? String(answer.body));
}
