/** The code challenge of TikTok's OAuth, which is not that of RFC 7636: see the scheme `pkce-tiktok-hex`. */
import { signingSchemes } from './canonical.ts';

/**
 * The `code_challenge` that belongs to a verifier: its SHA-256 in lower-case hex. Throws AppError `bad_request` for an
 * empty verifier.
 */
export function tiktokCodeChallenge(verifier: string): string {
  return signingSchemes['pkce-tiktok-hex'].sign({ code_verifier: verifier }, '').sign;
}
