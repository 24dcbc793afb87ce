/**
 * What every call to TikTok's official API goes by: the researcher's own app, the codes of its answers, and the login
 * (OAuth v2; Login Kit, "Manage user access tokens" and "OAuth error handling" as read 2026-11-05). The v1 hosts of older
 * guides (open-api.tiktok.com) are dead since 2024-02-29.
 */
import * as z from 'zod/mini';
import { AppError, type ErrorCode } from '../core/errors.ts';
import { parseJson } from '../core/lossless-json.ts';
import type { HttpResponse } from '../core/ports.ts';
import { at, idOf, isObject, nameOf, positiveOf, valueOf } from '../payloads/reading.ts';
import { displayCode, displayStatus } from '../payloads/tiktok-display-envelope.ts';
import { tiktokCodeChallenge } from '../signing/pkce.ts';
import { secretField, textField } from './field-schemas.ts';
import { cleanWords, decodeBody, notJsonError, type Party, partyError, retryTime, statusError } from './http-answer.ts';
import type { ErrorMeaning, Login, ProviderContext, Tokens } from './provider.ts';

export const id = 'tiktok-official';
export const label = 'TikTok';
export const timeoutMs = 20_000;
/** 600 calls in any minute: after a part of it, a part of the allowance is there again. */
const rateWaitMs = 15_000;

function meaning(upstreamCode: string, code: ErrorCode): [string, ErrorMeaning] {
  return [upstreamCode, { code, advice: `error_tiktok_official_${upstreamCode}`, billed: false }];
}

/** Nothing here is billed. */
export const errors: Readonly<Record<string, ErrorMeaning>> = Object.fromEntries([
  // The Display API.
  meaning('access_token_invalid', 'auth'),
  meaning('internal_error', 'upstream'),
  meaning('invalid_file_upload', 'bad_request'),
  meaning('invalid_params', 'bad_request'),
  meaning('rate_limit_exceeded', 'rate_limited'),
  meaning('scope_not_authorized', 'permission'),
  meaning('scope_permission_missed', 'permission'),
  // OAuth, at the token endpoint and in the redirect.
  meaning('access_denied', 'cancelled'),
  meaning('invalid_client', 'auth'),
  meaning('invalid_grant', 'auth'),
  meaning('invalid_request', 'bad_request'),
  meaning('invalid_scope', 'permission'),
  meaning('server_error', 'upstream'),
  meaning('temporarily_unavailable', 'upstream'),
  meaning('unauthorized_client', 'permission'),
  meaning('unsupported_grant_type', 'bad_request'),
  meaning('unsupported_response_type', 'bad_request'),
]);

/** The error of a code; an unknown one is shown as it came. */
function errorOf(json: unknown, code: string, response: HttpResponse, party: Party): AppError {
  const known = Object.hasOwn(errors, code) ? errors[code] : undefined;
  const words = cleanWords(displayStatus(json)?.message ?? '', party);
  return partyError(party, known?.code ?? 'upstream', `${label} answered ${code}${words ? `: ${words}` : ''}.`, {
    advice: known?.advice ?? 'error_tiktok_official_unknown_code',
    parameters: [code, words],
    upstreamCode: code,
    upstreamMessage: words,
    ...(known?.code === 'rate_limited' ? { retryAt: retryTime(response, rateWaitMs) } : {}),
    // A code that nobody has published says nothing of a second try, but a fault of the server does.
    ...(known ? {} : { retryable: response.status >= 500 }),
  });
}

/** The JSON of an answer of success. The code in the body counts before the HTTP status, which says less. */
export function readOfficial(response: HttpResponse, party: Party): unknown {
  const { text } = decodeBody(response.body);
  const json = jsonOf(text);
  const code = displayCode(json);
  if (code !== null && code !== 'ok') throw errorOf(json, code, response, party);
  if (response.status !== 200) throw statusError(party, response, rateWaitMs);
  if (json === undefined) throw notJsonError(party, text);
  if (!isObject(json)) throw emptyError(party);
  return json;
}

function jsonOf(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** All is well, they say, but what should be there is not. */
export function emptyError(party: Party): AppError {
  return partyError(party, 'schema', `The answer of ${party.label} holds nothing that was asked for.`, {
    advice: 'error_answer_unreadable',
    parameters: [party.label],
  });
}

const tokenAddress = 'https://open.tiktokapis.com/v2/oauth/token/';
const revokeAddress = 'https://open.tiktokapis.com/v2/oauth/revoke/';

/** What the capabilities need; the researcher may refuse some of it on the screen. */
export const scopes: readonly string[] = ['user.info.basic', 'user.info.profile', 'user.info.stats', 'video.list'];

/**
 * What may be registered (2026-11): of a desktop app localhost or 127.0.0.1 with a port; else https, static, without
 * query and fragment. Fewer than 512 characters.
 */
const redirectPattern =
  /^(?=.{1,511}$)(?:https?:\/\/(?:localhost|127\.0\.0\.1):\d{1,5}(?:\/[^?#\s]*)?|https:\/\/(?!localhost\b|127\.)[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d{1,5})?(?:\/[^?#\s]*)?)$/iu;

export const credential = z.object({
  clientKey: textOfKey(),
  clientSecret: secretField({
    label: 'field_tiktok_official_client_secret',
    help: 'field_tiktok_official_client_secret_help',
  }),
  redirectUri: textField(
    { label: 'field_tiktok_official_redirect', help: 'field_tiktok_official_redirect_help' },
    redirectPattern,
    'http://127.0.0.1:3455/callback/',
  ),
});
export type OfficialCredential = z.infer<typeof credential>;
export type Context = ProviderContext<OfficialCredential>;

/** The client key is public: it stands in the address of every consent. */
function textOfKey() {
  return textField(
    { label: 'field_tiktok_official_client_key', help: 'field_tiktok_official_client_key_help' },
    /^[\w-]{1,200}$/u,
    '',
  );
}

/** Codes and tokens count as secrets. */
function partyWith({ clientSecret }: OfficialCredential, secrets: readonly (string | null)[]): Party {
  return { provider: id, label, secrets: [clientSecret, ...secrets.filter((secret) => secret !== null)] };
}

async function post(
  context: Context,
  url: string,
  form: Readonly<Record<string, string>>,
  party: Party,
): Promise<{ json: unknown; response: HttpResponse }> {
  const { clientKey, clientSecret } = context.credential;
  const response = await context.http({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ client_key: clientKey, client_secret: clientSecret, ...form }).toString(),
    timeoutMs,
    secrets: party.secrets,
  });
  return { json: readOfficial(response, party), response };
}

/** Unix ms of the end of something that lasts so many seconds from the answer on; null where it does not say. */
function endOf(seconds: unknown, response: HttpResponse): number | null {
  const lifetime = valueOf(positiveOf(seconds));
  return lifetime === null ? null : response.receivedAt + Math.round(lifetime * 1000);
}

/**
 * The tokens of an answer. How long they live is what it says, since TikTok has changed it (24 hours and 365 days in
 * older guides, 2 hours and 180 days in 2026-11). A token whose end nobody knows is kept, and renewed before its next use.
 */
function tokensOf(json: unknown, response: HttpResponse, party: Party, former: Tokens | null): Tokens {
  const accessToken = valueOf(idOf(at(json, 'access_token')));
  if (accessToken === null) throw emptyError(party);
  const refreshToken = valueOf(idOf(at(json, 'refresh_token')));
  const refreshEnd = endOf(at(json, 'refresh_expires_in'), response);
  const scope = valueOf(nameOf(at(json, 'scope')));
  return {
    access_token: accessToken,
    refresh_token: refreshToken ?? former?.refresh_token ?? null,
    expires_at: endOf(at(json, 'expires_in'), response) ?? response.receivedAt,
    refresh_expires_at: refreshToken === null ? (refreshEnd ?? former?.refresh_expires_at ?? null) : refreshEnd,
    scopes: scope?.split(/[\s,]+/u).filter(Boolean) ?? former?.scopes ?? [],
    account: valueOf(idOf(at(json, 'open_id'))) ?? former?.account ?? null,
  };
}

export const login: Login<OfficialCredential> = {
  consent: {
    redirectUri: ({ redirectUri }) => redirectUri,
    address({ clientKey, redirectUri }, { state, verifier }) {
      const query = new URLSearchParams({
        client_key: clientKey,
        response_type: 'code',
        scope: scopes.join(','),
        redirect_uri: redirectUri,
        state,
        // TikTok's PKCE is not that of RFC 7636: it wants the digest in hex, and refuses base64url.
        code_challenge: tiktokCodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return `https://www.tiktok.com/v2/auth/authorize/?${query.toString()}`;
    },
    async redeem(context, { code, verifier }) {
      const party = partyWith(context.credential, [code, verifier]);
      const form = {
        code,
        grant_type: 'authorization_code',
        redirect_uri: context.credential.redirectUri,
        code_verifier: verifier,
      };
      const { json, response } = await post(context, tokenAddress, form, party);
      return tokensOf(json, response, party, null);
    },
  },
  async renew(context, tokens) {
    const refreshToken = tokens?.refresh_token ?? null;
    const party = partyWith(context.credential, [refreshToken, tokens?.access_token ?? null]);
    if (refreshToken === null) {
      throw new AppError('auth', `${label} gave no refresh token.`, {
        provider: id,
        advice: 'error_tiktok_official_invalid_grant',
        parameters: ['', ''],
      });
    }
    const form = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const { json, response } = await post(context, tokenAddress, form, party);
    return tokensOf(json, response, party, tokens);
  },
  async revoke(context, tokens) {
    const party = partyWith(context.credential, [tokens.access_token, tokens.refresh_token]);
    await post(context, revokeAddress, { token: tokens.access_token }, party);
  },
};

/**
 * Proves client key and secret without anybody's consent: asks for an application's token, which every app may do, and
 * throws it away. An app that may not have one is known all the same.
 */
export async function proveApp(context: Context): Promise<void> {
  const party = partyWith(context.credential, []);
  try {
    const { json, response } = await post(context, tokenAddress, { grant_type: 'client_credentials' }, party);
    tokensOf(json, response, party, null);
  } catch (error) {
    if (error instanceof AppError && error.details.upstreamCode === 'unauthorized_client') return;
    throw error;
  }
}
