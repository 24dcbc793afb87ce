/** Reads the address that a consent ended at. Whoever can open a tab can make one up: only our own state counts. */
import { AppError } from '../core/errors.ts';
import type { Provider } from '../providers/provider.ts';

function parse(address: string, redirectUri: string): URL | null {
  const text = address.trim();
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const expected = new URL(redirectUri);
  const isSame = url.origin === expected.origin && url.pathname === expected.pathname;
  return isSame && url.username === '' && url.password === '' ? url : null;
}

/** Whether a consent of this state ended at this address. */
export function isRedirectOf(address: string, redirectUri: string, state: string): boolean {
  return parse(address, redirectUri)?.searchParams.get('state') === state;
}

/**
 * The code in the address. Throws AppError: `bad_request` for another address or another state; what the provider's
 * table says of an `error`, with that as `upstreamCode`.
 */
export function readRedirect(provider: Provider, redirectUri: string, state: string, address: string): string {
  const url = parse(address, redirectUri);
  const code = url?.searchParams.get('code') ?? '';
  const error = url?.searchParams.get('error') ?? '';
  if (!url || (code === '' && error === '')) {
    throw new AppError('bad_request', 'This is not the address that the consent ends at.', {
      advice: 'error_login_address',
      parameters: [redirectUri],
      provider: provider.id,
    });
  }
  if (url.searchParams.get('state') !== state) {
    throw new AppError('bad_request', 'This address belongs to another consent.', {
      advice: 'error_login_state',
      provider: provider.id,
    });
  }
  if (error !== '') throw refusal(provider, error, url.searchParams.get('error_description') ?? '');
  return code;
}

const longestCode = 60;
const longestWords = 300;

function refusal(provider: Provider, error: string, description: string): AppError {
  const known = Object.hasOwn(provider.errors, error) ? provider.errors[error] : undefined;
  const upstreamCode = error.slice(0, longestCode);
  const words = description.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, longestWords);
  return new AppError(known?.code ?? 'upstream', `The consent came back with ${upstreamCode}.`, {
    advice: known?.advice ?? 'error_login_redirect',
    parameters: [upstreamCode, words],
    provider: provider.id,
    upstreamCode,
    upstreamMessage: words,
    retryable: false,
  });
}
