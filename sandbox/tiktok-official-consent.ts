/** The consent screens of TikTok's OAuth, and who may do what by which token. Shares no code with the extension. */
import { createHash, randomBytes } from 'node:crypto';
import type { Exchange } from './state.ts';
import { send } from './state.ts';

export const allScopes = ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list'] as const;

interface Grant {
  redirectUri: string;
  challenge: string;
  scopes: string[];
}

export interface OAuthState {
  /** Consents that are shown, by their number. */
  asked: Map<string, Grant & { state: string }>;
  /** Codes that were given out and not used yet. */
  codes: Map<string, Grant>;
  accessTokens: Map<string, { scopes: string[]; expiresAt: number }>;
  /** Each is good for once: its use gives another one. */
  refreshTokens: Map<string, { scopes: string[]; expiresAt: number }>;
  accessSeconds: number;
  refreshSeconds: number;
  /** Token answers wait for this; null: they are sent at once. */
  held: Promise<void> | null;
}

export function createOAuth(): OAuthState {
  return {
    asked: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    refreshTokens: new Map(),
    // As published in 2026-11: two hours, and half a year.
    accessSeconds: 7_200,
    refreshSeconds: 15_552_000,
    held: null,
  };
}

export function randomText(prefix: string): string {
  return `${prefix}.${randomBytes(18).toString('base64url')}`;
}

/** Hex, not base64url: TikTok's own form of S256. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('hex');
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function screen(exchange: Exchange, status: number, title: string, content: string): void {
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><main><h1>${title}</h1>${content}</main></body></html>`;
  send(exchange.response, status, 'text/html; charset=utf-8', html);
}

/** What is wrong with a request for consent; null: nothing. */
function refusalOf(query: URLSearchParams, clientKey: string, redirectUri: string): string | null {
  if (query.get('client_key') !== clientKey) return 'client_key';
  if (query.get('redirect_uri') !== redirectUri) return 'redirect_uri';
  if (query.get('response_type') !== 'code') return 'unsupported_response_type';
  const scopes = (query.get('scope') ?? '').split(',');
  if (!scopes.every((scope) => allScopes.some((known) => known === scope))) return 'invalid_scope';
  if ((query.get('state') ?? '').length < 16) return 'state';
  if (query.get('code_challenge_method') !== 'S256') return 'code_challenge_method';
  if (!/^[0-9a-f]{64}$/.test(query.get('code_challenge') ?? '')) return 'code_challenge';
  return null;
}

function showConsent(exchange: Exchange): string {
  const { state, url } = exchange;
  const { clientKey, redirectUri } = state.credentials.tiktokOfficial;
  const query = url.searchParams;
  const refusal = refusalOf(query, clientKey, redirectUri);
  if (refusal !== null) {
    screen(exchange, 400, 'Something went wrong', `<p id="refusal">${escapeHtml(refusal)}</p>`);
    return refusal;
  }
  const scopes = (query.get('scope') ?? '').split(',');
  const number = randomBytes(9).toString('hex');
  state.oauth.asked.set(number, {
    redirectUri,
    challenge: query.get('code_challenge') ?? '',
    scopes,
    state: query.get('state') ?? '',
  });
  const boxes = scopes
    .map((scope) => `<p><label><input type="checkbox" name="scope" value="${scope}" checked> ${scope}</label></p>`)
    .join('');
  const buttons =
    '<button name="choice" value="allow">Authorise</button> <button name="choice" value="deny">Cancel</button>';
  const account = escapeHtml(state.world.ids.tiktok.author);
  const form = `<form method="post" action="/v2/auth/authorize/?request=${number}">${boxes}${buttons}</form>`;
  screen(exchange, 200, 'Authorise this app', `<p>An app asks for access to the account @${account}.</p>${form}`);
  return 'ok';
}

function decide(exchange: Exchange): string {
  const { state, url, body, response } = exchange;
  const number = url.searchParams.get('request') ?? '';
  const asked = state.oauth.asked.get(number);
  if (!asked) {
    screen(exchange, 400, 'Something went wrong', '<p id="refusal">request</p>');
    return 'request';
  }
  state.oauth.asked.delete(number);
  const choice = new URLSearchParams(body.toString('utf8'));
  const back = (values: Record<string, string>): void => {
    const query = Object.entries({ ...values, state: asked.state }).map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('*', '%2A').replaceAll('!', '%21')}`,
    );
    send(response, 302, 'text/plain', '', { location: `${asked.redirectUri}?${query.join('&')}` });
  };
  if (choice.get('choice') !== 'allow') {
    back({ error: 'access_denied', error_description: 'The user has denied the authorization' });
    return 'access_denied';
  }
  const scopes = asked.scopes.filter((scope) => choice.getAll('scope').includes(scope));
  // The real ones hold characters that an address must encode.
  const code = `${randomBytes(24).toString('base64url')}*0!4321.e1`;
  state.oauth.codes.set(code, { redirectUri: asked.redirectUri, challenge: asked.challenge, scopes });
  back({ code, scopes: scopes.join(',') });
  return 'ok';
}

/** Shows the screen, or takes the choice that was made on it. Returns the verdict for the log. */
export function answerConsent(exchange: Exchange): string {
  return exchange.request.method === 'POST' ? decide(exchange) : showConsent(exchange);
}
