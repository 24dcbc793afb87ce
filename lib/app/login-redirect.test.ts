import { describe, expect, test } from 'vitest';
import { AppError } from '../core/errors.ts';
import { tiktokOfficial } from '../providers/tiktok-official.ts';
import { isRedirectOf, readRedirect } from './login-redirect.ts';

const redirect = 'http://127.0.0.1:3455/callback/';
const state = 'f'.repeat(64);

function outcome(address: string): string {
  try {
    return readRedirect(tiktokOfficial, redirect, state, address);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return `${error.code} ${error.details.advice ?? ''}`;
  }
}

describe('the address that a consent ended at', () => {
  test('gives its code, decoded, however it was pasted', () => {
    expect(outcome(`${redirect}?code=a%2Ab%21c.e1&scopes=video.list&state=${state}`)).toBe('a*b!c.e1');
    expect(outcome(`  ${redirect}?state=${state}&code=x#fragment\n`)).toBe('x');
  });

  test.each([
    ['another host', `http://127.0.0.1.evil.example:3455/callback/?code=x&state=${state}`],
    ['another port', `http://127.0.0.1:3456/callback/?code=x&state=${state}`],
    ['another scheme', `https://127.0.0.1:3455/callback/?code=x&state=${state}`],
    ['a path below', `http://127.0.0.1:3455/callback/deeper/?code=x&state=${state}`],
    ['a user name', `http://me@127.0.0.1:3455/callback/?code=x&state=${state}`],
    ['no code', `${redirect}?state=${state}`],
    ['no address', 'x y z'],
    ['nothing', ''],
    ['a script', 'javascript:alert(1)'],
  ])('%s is none', (_name, address) => {
    expect(outcome(address)).toBe('bad_request error_login_address');
    expect(isRedirectOf(address, redirect, state)).toBe(address.startsWith(`${redirect}?state=`));
  });

  test('another state is refused, whatever else it holds', () => {
    for (const other of ['', 'f'.repeat(63), 'F'.repeat(64), 'e'.repeat(64)]) {
      expect(outcome(`${redirect}?code=x&state=${other}`)).toBe('bad_request error_login_state');
      expect(outcome(`${redirect}?error=access_denied&state=${other}`)).toBe('bad_request error_login_state');
      expect(isRedirectOf(`${redirect}?code=x&state=${other}`, redirect, state)).toBe(false);
    }
  });

  test('an error is worded by the provider’s own table; an unknown one is shown as it came, short', () => {
    const refusedWith = (error: string): string =>
      outcome(`${redirect}?error=${error}&error_description=No&state=${state}`);
    expect(refusedWith('access_denied')).toBe('cancelled error_tiktok_official_access_denied');
    expect(refusedWith('constructor')).toBe('upstream error_login_redirect');
    try {
      readRedirect(tiktokOfficial, redirect, state, `${redirect}?error=${'x'.repeat(5_000)}&state=${state}`);
    } catch (error) {
      expect(JSON.stringify(error instanceof AppError && error.toWire()).length).toBeLessThan(600);
    }
  });
});
